"""Sessions of the people of the back office: what is recorded when they begin, and how they are ended."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.errors import NoSuchSession


def session_started(*, staff_id: int, proofs: list[str], now: datetime) -> None:
    """Record a sign-in with how it was proved, such as ["password", "totp"]."""
    audit_record(
        name=EventName.SESSION_STARTED,
        actor=f"staff:{staff_id}",
        now=now,
        subject=f"staff.staffuser:{staff_id}",
        after={"proofs": proofs},
    )


def session_ended(*, staff_id: int, actor: str, reason: str, now: datetime) -> None:
    """Record that a session ended, and why: signed out, idle, too old, or ended by somebody."""
    audit_record(
        name=EventName.SESSION_ENDED, actor=actor, now=now, subject=f"staff.staffuser:{staff_id}", reason=reason
    )


@transaction.atomic
def session_end(*, session_id: int, actor: str, reason: str, now: datetime, staff_id: int | None = None) -> int:
    """End one session at once; its next request is anonymous. `staff_id` narrows it to a person's own.

    Returns whose it was. Raises NoSuchSession.
    """
    sessions = UserSession.objects.select_for_update().filter(pk=session_id)
    kept = (sessions if staff_id is None else sessions.filter(user_id=staff_id)).first()
    if kept is None:
        raise NoSuchSession
    _drop([kept])
    session_ended(staff_id=kept.user_id, actor=actor, reason=reason, now=now)
    return int(kept.user_id)


@transaction.atomic
def sessions_end_of(*, staff_id: int, actor: str, reason: str, now: datetime, except_key: str = "") -> int:
    """End every session of a person, but for one if asked, and return how many: on deactivation, reset, own wish."""
    kept = list(UserSession.objects.select_for_update().filter(user_id=staff_id).exclude(session_key=except_key))
    _drop(kept)
    if kept:
        session_ended(staff_id=staff_id, actor=actor, reason=reason, now=now)
    return len(kept)


def _drop(kept: list[UserSession]) -> None:
    Session.objects.filter(session_key__in=[session.session_key for session in kept]).delete()
    UserSession.objects.filter(pk__in=[session.pk for session in kept]).delete()
