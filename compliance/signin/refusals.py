"""What the trail says about sign-ins that failed."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.models import StaffUser


def sign_in_refused(
    request: HttpRequest, *, username: str, now: datetime, name: EventName = EventName.SIGN_IN_REFUSED
) -> None:
    """Record a refused sign-in or factor; and the lock when this failure closed it.

    A name that nobody has is not written down: people type passwords into the wrong field.
    """
    person = StaffUser.objects.filter(username__iexact=username.strip()).first()
    actor = "anonymous" if person is None else f"staff:{person.pk}"
    subject = "staff.staffuser:unknown" if person is None else f"staff.staffuser:{person.pk}"
    locked = bool(getattr(request, "axes_locked_out", False))
    closed = locked and getattr(request, "axes_failures_since_start", None) is not None
    reason = "locked" if locked and not closed else ""
    audit_record(name=name, actor=actor, now=now, subject=subject, reason=reason, outcome=Outcome.REFUSED)
    if closed:
        audit_record(
            name=EventName.SIGN_IN_LOCKED, actor=actor, now=now, subject=subject, reason="repeated failures",
            outcome=Outcome.REFUSED,
        )  # fmt: skip
