"""Sign-ins read: by their token, by their player."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from players.accounts.models import PlayerSession

TOKEN_MOST: Final = 200


def token_digest(token: str) -> bytes:
    """What is kept of a token: it has 256 bits of chance, so that a plain SHA-256 gives nothing away."""
    return hashlib.sha256(token.encode()).digest()


def session_by_token(token: str) -> PlayerSession | None:
    """The sign-in that goes on under a bearer token, with its player and brand."""
    if not token or len(token) > TOKEN_MOST:
        return None
    rows = PlayerSession.objects.select_related("player__brand", "device")
    return rows.filter(token_digest=token_digest(token), ended_at__isnull=True).first()


def idle_since(*, session: PlayerSession, now: datetime, after: timedelta) -> bool:
    """Whether the player must prove themselves again: no activity for longer than `after` (G-14)."""
    return now - session.last_seen_at > after


def full_proof_due(*, session: PlayerSession, lasts: timedelta, now: datetime) -> bool:
    """Whether the last full sign-in is as old as it may become (G-15)."""
    return now - session.strong_at >= lasts


def sessions_of(player_id: int) -> QuerySet[PlayerSession]:
    """Every sign-in of a player with its device."""
    return PlayerSession.objects.filter(player_id=player_id).select_related("device")


def previous_session(*, session: PlayerSession) -> PlayerSession | None:
    """The sign-in before this one, to be shown at sign-in (G-16)."""
    rows = PlayerSession.objects.filter(player_id=session.player_id, created_at__lte=session.created_at)
    return rows.exclude(pk=session.pk).order_by("-created_at").first()
