"""Game sessions as the back office reads them, with the state that they are in now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from casino.play.enums import SessionEnd
from casino.play.models import GameSession

COUNT_UP_TO: Final = 10_000


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session's state in one word, with the colour of its label."""

    title: str
    variant: str


def session_state(session: GameSession, *, now: datetime) -> SessionState:
    """Computed, not stored: a session idles out by the clock alone."""
    if session.ended_at is not None:
        return SessionState(SessionEnd(session.end_reason).label, "")
    if session.authenticated_at is None:
        if session.token_expires_at <= now:
            return SessionState("Token unused", "")
        return SessionState("Launched", "info")
    if session.last_seen_at + settings.SESSION_IDLE <= now:
        return SessionState("Idled out", "")
    return SessionState("Alive", "success")


def sessions_of_player(player_id: int) -> QuerySet[GameSession]:
    """A player's sessions, newest first."""
    return GameSession.objects.filter(player_id=player_id).select_related("game", "provider").order_by("-pk")


def alive_session_count(*, now: datetime) -> int:
    """Sessions in play now, counted up to `COUNT_UP_TO`; read from the partial index on their last sign of life."""
    alive = GameSession.objects.filter(ended_at__isnull=True, last_seen_at__gt=now - settings.SESSION_IDLE)
    return alive[:COUNT_UP_TO].count()
