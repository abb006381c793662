"""How long a session lives: 15 minutes without a request, 12 hours at most (SEC-13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

BEGAN: Final = "signin_began"
SEEN: Final = "signin_seen"
# Being seen is written down this often, so that a page with many parts writes once.
WRITE_EVERY: Final = 15


def life_begin(session: SessionBase, now: datetime) -> None:
    """The session's clock starts."""
    session[BEGAN] = session[SEEN] = now.timestamp()


def life_over(session: SessionBase, now: datetime) -> str:
    """Why the session is over, or empty. A session without a clock was not made by the sign-in."""
    moment = now.timestamp()
    if BEGAN not in session or SEEN not in session:
        return "without a beginning"
    if moment - session[BEGAN] >= settings.STAFF_SESSION_LIFE.total_seconds():
        return "12 hours old"
    if moment - session[SEEN] >= settings.STAFF_SESSION_IDLE.total_seconds():
        return "idle"
    return ""


def life_seen(session: SessionBase, now: datetime) -> bool:
    """The person is here; whether it was written down."""
    if now.timestamp() - session[SEEN] < WRITE_EVERY:
        return False
    session[SEEN] = now.timestamp()
    return True


def factor_proved(request: HttpRequest) -> bool:
    """Whether the second factor was proved in this session, by this person."""
    user: Any = request.user
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
