"""Every refusal of the player API in one form: {"error": {"code", "message", "detail", "request_id"}}."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpResponse

from common.errors import Refusal
from compliance.audit.context import facts
from players.api.kit.statuses import status_of

RETRY_SECONDS: Final = "5"


def refusal_body(refusal: Refusal, detail: dict[str, Any] | None = None) -> dict[str, Any]:
    """The envelope; `detail` replaces the refusal's named facts where they are more than text."""
    return {
        "error": {
            "code": refusal.code,
            "message": refusal.message,
            "detail": refusal.details if detail is None else detail,
            "request_id": facts().request_id,
        }
    }


def refusal_response(refusal: Refusal, detail: dict[str, Any] | None = None) -> HttpResponse:
    """The whole answer, with what a client may do next in its headers."""
    body = json.dumps(refusal_body(refusal, detail), ensure_ascii=False).encode()
    status = status_of(refusal.code)
    response = HttpResponse(body, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    if refusal.retry or status == 429:
        response["Retry-After"] = refusal.details.get("retry_after", RETRY_SECONDS)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
