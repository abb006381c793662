"""Surrounds every request of the back office with its facts, and gives it a number that the answer carries back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from common.http.address import client_address
from common.ids import uuid7
from compliance.audit.context import roles_of, surrounded_by
from compliance.audit.types import Facts

HEADER: Final = "X-Request-ID"
ANONYMOUS: Final = "anonymous"
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


class AuditMiddleware:
    """The number is the caller's where it is well formed, so that a proxy's log and ours name the same request.

    The providers' fast lane passes this by (common/http/fast_lane.py): its calls have a log of their own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if _REQUEST_ID.fullmatch(given) else uuid7().hex
        address = client_address(request)
        ip = "" if address is None else str(address)

        def known() -> Facts:
            # Asked late: who is signed in is known only after the middleware below, and changes at sign-in.
            person: Any = getattr(request, "user", None)
            signed_in = person is not None and person.is_authenticated
            return Facts(
                actor=f"staff:{person.pk}" if signed_in else ANONYMOUS,
                roles=roles_of(person) if signed_in else (),
                ip=ip,
                request_id=number,
                session=session_digest(request),
            )

        with surrounded_by(known), bound_contextvars(request_id=number):
            response = self.get_response(request)
        response[HEADER] = number
        return response


def session_digest(request: HttpRequest) -> str:
    """The session as 128 bits of SHA-256 over its key: tells sessions apart and opens none."""
    session: Any = getattr(request, "session", None)
    key = None if session is None else session.session_key
    return hashlib.sha256(key.encode()).hexdigest()[:32] if key else ""
