"""Second factors of the people of the back office (SEC-11)."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.errors import OwnFactorReset
from compliance.signin.models import RecoveryCode
from compliance.signin.services.sessions import sessions_end_of


def factors_of(*, staff_id: int) -> list[str]:
    """The kinds of second factors of a person, such as ["totp", "webauthn"]."""
    return sorted(set(Authenticator.objects.filter(user_id=staff_id).values_list("type", flat=True)))


@transaction.atomic
def factor_reset(*, staff_id: int, actor: str, reason: str, now: datetime, approval: str = "") -> str:
    """Take every second factor and recovery code from a colleague who lost them, and end the sessions.

    The person signs in by password next and must enrol before anything else. Executed by an approval (four eyes);
    returns the reference that it keeps. Raises OwnFactorReset when somebody resets the own.
    """
    if actor == f"staff:{staff_id}":
        raise OwnFactorReset
    before = factors_of(staff_id=staff_id)
    Authenticator.objects.filter(user_id=staff_id).delete()
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
    ended = sessions_end_of(staff_id=staff_id, actor=actor, reason="second factor reset", now=now)
    event = audit_record(
        name=EventName.FACTOR_RESET,
        actor=actor,
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        reason=reason,
        before={"factors": before},
        after={"factors": [], "sessions_ended": ended},
        approval=approval,
    )
    return f"audit:{event}"


def factor_changed(*, name: EventName, staff_id: int, kind: str, title: str, now: datetime) -> None:
    """Record that a person added or removed an own factor; in the transaction that did."""
    audit_record(
        name=name,
        actor=f"staff:{staff_id}",
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        after={"factor": kind, "name": title},
    )


def step_up_passed(*, staff_id: int, proof: str, now: datetime) -> None:
    """Record that a person who is signed in proved the factor again (SEC-13)."""
    audit_record(
        name=EventName.STEP_UP_PASSED,
        actor=f"staff:{staff_id}",
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        after={"proof": proof},
    )
