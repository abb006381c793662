"""Every refusal in one form: {"error": {"code", "message", "detail", "request_id"}}, as the player API has it."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpResponse

from common.errors import Refusal
from players.api.kit.envelope import RETRY_SECONDS, refusal_body

STATUS: Final[dict[str, int]] = {
    "export_needs_purpose": 400,
    "invalid_request": 400,
    "report_question_refused": 400,
    "cursor_not_understood": 400,
    "card_number_refused": 400,
    "token_not_valid": 401,
    "export_not_allowed": 403,
    "scope_missing": 403,
    "address_not_allowed": 403,
    "not_found": 404,
    "report_unknown": 404,
    "export_unknown": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "rate_limited": 429,
    "internal_error": 500,
    "report_too_slow": 503,
    "temporarily_unavailable": 503,
}
BY_RULE: Final = 409


def refusal_response(refusal: Refusal, detail: dict[str, Any] | None = None) -> HttpResponse:
    """The whole answer, with what a client may do next in its headers."""
    status = STATUS.get(refusal.code, BY_RULE)
    body = json.dumps(refusal_body(refusal, detail), ensure_ascii=False).encode()
    response = HttpResponse(body, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    if refusal.retry or status == 429:
        response["Retry-After"] = refusal.details.get("retry_after", RETRY_SECONDS)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="backoffice"'
    return response
