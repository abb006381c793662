"""Looks that were refused are told to the audit trail: pages without the right (403), rows out of reach (404)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from common.backoffice.reach import asked_out_of_reach
from common.clock import utc_now
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

SUBJECT_MOST: Final = 140
WITHOUT_RIGHT: Final = "without the right"
OUT_OF_REACH: Final = "out of reach"


class RefusedAccessMiddleware:
    """After the answer, outside of any transaction that the refusal took back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        user: Any = getattr(request, "user", None)
        if user is None or not request.path.startswith("/admin/"):
            return answer
        hidden = asked_out_of_reach(request)
        if (answer.status_code == 403 or hidden) and user.is_authenticated:
            if answer.status_code == 403:
                _tell(request, user.pk, page_subject(request.path), WITHOUT_RIGHT)
            for subject in dict.fromkeys(hidden):
                _tell(request, user.pk, subject, OUT_OF_REACH)
        return answer


def page_subject(path: str) -> str:
    """The name of a page in the trail: "admin.page:/admin/wallet/transaction/"."""
    return f"admin.page:{quote(path, safe='/:-._~')}"[:SUBJECT_MOST]


def _tell(request: HttpRequest, staff_id: int, subject: str, reason: str) -> None:
    audit_record(
        name=EventName.ACCESS_REFUSED,
        actor=f"staff:{staff_id}",
        now=utc_now(),
        subject=subject,
        reason=reason,
        outcome=Outcome.REFUSED,
        after={"method": request.method or "", "path": request.path},
    )
