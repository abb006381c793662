"""Sign-ins: begun with a token that is told once, kept alive by activity, ended for good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import SessionEnd
from players.accounts.errors import SessionNotFound
from players.accounts.models import Device, PlayerSession
from players.accounts.selectors.sessions import full_proof_due, token_digest
from players.models import Player

# Activity is written this often at most: a session may seem idle that much earlier, never later.
SEEN_EVERY: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class StartedSession:
    """A new sign-in, and its bearer token: nobody can read it again."""

    session: PlayerSession
    token: str


@transaction.atomic
def session_start(
    *, player: Player, device: Device, ip: str | None, user_agent: str, actor: str, now: datetime
) -> StartedSession:
    """Begin a sign-in after the player proved who they are; every session has its own unguessable id (G-16)."""
    token = secrets.token_urlsafe(32)
    session = PlayerSession.objects.create(
        public_id=public_id("ps"), player=player, token_digest=token_digest(token), device=device, ip=ip,
        user_agent=user_agent[:300], created_at=now, last_seen_at=now, strong_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.PLAYER_SESSION_STARTED, actor=actor, now=now, subject=f"accounts.playersession:{session.pk}",
        brand_id=player.brand_id, player_id=player.pk, after={"session": session.public_id, "device": device.pk},
    )  # fmt: skip
    return StartedSession(session, token)


def session_seen(*, session: PlayerSession, now: datetime) -> None:
    """Note activity, so that the session does not become idle (G-14)."""
    if now - session.last_seen_at < SEEN_EVERY:
        return
    PlayerSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(last_seen_at=now)
    session.last_seen_at = now


def session_proved(*, session: PlayerSession, now: datetime) -> None:
    """The player proved who they are again: the session goes on, from now (G-14, G-15)."""
    PlayerSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(last_seen_at=now, strong_at=now)
    session.last_seen_at = session.strong_at = now


@transaction.atomic
def session_expire(*, session: PlayerSession, lasts: timedelta, now: datetime) -> bool:
    """End a session whose last full sign-in is older than `lasts` (G-15); whether it was."""
    if not full_proof_due(session=session, lasts=lasts, now=now):
        return False
    _end([session], SessionEnd.TOO_OLD, "system:sessions", now)
    return True


@transaction.atomic
def session_end(
    *, player_id: int, public_id: str, why: SessionEnd, actor: str, now: datetime, words: str = ""
) -> PlayerSession:
    """End one sign-in of a player; `words` is a colleague's reason.

    Raises SessionNotFound, also for another player's or one that ended.
    """
    rows = PlayerSession.objects.select_for_update(of=("self",)).select_related("player")
    session = rows.filter(player_id=player_id, public_id=public_id, ended_at__isnull=True).first()
    if session is None:
        raise SessionNotFound
    _end([session], why, actor, now, words)
    return session


@transaction.atomic
def sessions_end(*, player_id: int, why: SessionEnd, actor: str, now: datetime, but: int | None = None) -> int:
    """End every sign-in of a player, at once and everywhere, but the one of this primary key; how many ended."""
    rows = PlayerSession.objects.select_for_update(of=("self",)).select_related("player")
    rows = rows.filter(player_id=player_id, ended_at__isnull=True).order_by("pk")
    open_ones = list(rows if but is None else rows.exclude(pk=but))
    _end(open_ones, why, actor, now)
    return len(open_ones)


def _end(sessions: list[PlayerSession], why: SessionEnd, actor: str, now: datetime, words: str = "") -> None:
    for session in sessions:
        session.ended_at, session.end_reason = now, why
        session.save(update_fields=["ended_at", "end_reason"])
        audit_record(
            name=EventName.PLAYER_SESSION_ENDED, actor=actor, now=now,
            subject=f"accounts.playersession:{session.pk}", reason=words or SessionEnd(why).label,
            brand_id=session.player.brand_id, player_id=session.player_id, after={"session": session.public_id},
        )  # fmt: skip
