"""Game sessions: launched with a one-time token, exchanged for a session, ended by idleness or by name."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from casino.games.enums import StopScope
from casino.games.models import Game
from casino.games.selectors.stops import stop_against_play
from casino.play import errors
from casino.play.enums import SessionEnd, SessionMode
from casino.play.models import GameSession
from casino.play.selectors.balances import balance_of_player
from casino.play.types import Balance, Caller
from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.errors import PlayerBlocked
from compliance.gate.ask import gate_pass
from compliance.gate.enums import Touchpoint
from compliance.gate.services.play_clock import clock_begin
from compliance.gate.services.standing import standing_renew
from players.models import Player
from wallet.locks import busy_when_locked, wallet_lock

NEWEST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """A launched game: the token goes to the provider once, and is kept as a digest only."""

    token: str
    session: GameSession


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatedSession:
    """What the provider learns in exchange for the token."""

    player_id: str
    session_id: str
    country: str
    language: str
    jurisdiction: str
    mode: str
    expires_at: datetime
    balance: Balance


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def session_launch(*, player: Player, game: Game, mode: SessionMode, now: datetime) -> Launch:
    """Prepare a game for a player; the token lives LAUNCH_TOKEN_LIFE. For fun the same people may play as for money.

    Raises GameDisabled and PlayerBlocked while play is stopped (backoffice.md §4.11), and the gate's first reason.
    """
    gate_pass(player_id=player.pk, touchpoint=Touchpoint.LAUNCH, now=now)
    return session_prepare(player=player, game=game, mode=mode, now=now)


def session_prepare(*, player: Player, game: Game, mode: SessionMode, now: datetime) -> Launch:
    """The same without asking the gate, for test players alone: suites bring its refusals about where the token is
    exchanged, and there it is asked (wallet-api-v1 §6). Raises GameDisabled and PlayerBlocked while play is stopped.
    """
    _not_stopped(provider_id=game.provider_id, game_id=game.pk, player_id=player.pk)
    token = secrets.token_urlsafe(32)
    session = GameSession.objects.create(
        public_id=public_id("gs"),
        player=player,
        provider_id=game.provider_id,
        game=game,
        mode=mode,
        token_sha256=_digest(token),
        token_expires_at=now + settings.LAUNCH_TOKEN_LIFE,
        launched_at=now,
        last_seen_at=now,
    )
    return Launch(token=token, session=session)


@busy_when_locked()
@transaction.atomic
def session_authenticate(*, token: str, game_code: str, caller: Caller, now: datetime) -> AuthenticatedSession:
    """Exchange a launch token, once, for a game session.

    Raises SessionNotFound for an unknown token, TokenUsed, TokenExpired, GameNotFound, GameDisabled, SessionExpired
    when it was ended meanwhile, Busy, and the gate's refusal for a player who may not play.
    """
    session = (
        GameSession.objects.select_for_update(of=("self",))
        .select_related("player__brand", "game")
        .filter(token_sha256=_digest(token), provider_id=caller.provider_id)
        .first()
    )
    if session is None or not caller.knows(is_test=session.player.is_test):
        raise errors.SessionNotFound
    if session.authenticated_at is not None:
        raise errors.TokenUsed
    if session.token_expires_at <= now:
        raise errors.TokenExpired
    if session.ended_at is not None:
        raise errors.SessionExpired
    player = session.player
    wallet_lock(player_id=player.pk, currency=player.currency)
    _may_play(session, game_code, caller)
    _gate_pass(session, player, now)
    session.authenticated_at = session.last_seen_at = now
    session.save(update_fields=["authenticated_at", "last_seen_at"])
    return AuthenticatedSession(
        player_id=player.public_id,
        session_id=session.public_id,
        country=player.country,
        language=player.language,
        jurisdiction=player.jurisdiction,
        mode=session.mode,
        expires_at=now + settings.SESSION_IDLE,
        balance=balance_of_player(player_id=player.pk, currency=player.currency),
    )


def _may_play(session: GameSession, game_code: str, caller: Caller) -> None:
    game = session.game
    if game_code:
        game = Game.objects.filter(provider_id=caller.provider_id, code=game_code).first()
        if game is None:
            raise errors.GameNotFound
    player = session.player
    if game is not None and not game_open(game, player, SessionMode(session.mode)):
        raise errors.GameDisabled
    _not_stopped(provider_id=caller.provider_id, game_id=game.pk if game else None, player_id=player.pk)


def _gate_pass(session: GameSession, player: Player, now: datetime) -> None:
    """What the first bet would be told; it finds a standing that is ready."""
    if session.mode == SessionMode.REAL and not player.is_test:
        # Before the standing, which it spoils.
        clock_begin(player_id=player.pk, last_played_at=_last_played(session), now=now)
    refusal = standing_renew(player_id=player.pk, now=now).refusal()
    if refusal is not None:
        raise refusal


def _last_played(session: GameSession) -> datetime | None:
    """The last sign of life of the player's other games, as far as his newest sessions tell."""
    others = GameSession.objects.filter(player_id=session.player_id, mode=SessionMode.REAL).exclude(pk=session.pk)
    newest = others.exclude(authenticated_at=None).order_by("-pk").values_list("last_seen_at", flat=True)[:NEWEST]
    return max(newest, default=None)


def _not_stopped(*, provider_id: int, game_id: int | None, player_id: int) -> None:
    """Read anew for every launch: a stop counts for the very next one."""
    stopped = stop_against_play(provider_id=provider_id, game_id=game_id, player_id=player_id)
    if stopped is StopScope.PLAYER:
        raise PlayerBlocked(status="stopped")
    if stopped is not None:
        raise errors.GameDisabled(stopped=stopped.value)


def game_open(game: Game, player: Player, mode: SessionMode) -> bool:
    """Whether a game may be launched by a player: switched on, for this mode, in his country, at his brand."""
    for_mode = game.real_enabled if mode == SessionMode.REAL else game.demo_enabled
    elsewhere = player.country in game.blocked_countries or player.brand_id in game.blocked_brands
    return game.enabled and for_mode and not elsewhere


@transaction.atomic
def sessions_end(*, player_id: int, end: SessionEnd, reason: str, actor: str, now: datetime) -> int:
    """End every session of a player that is still alive; returns how many (AUD-01)."""
    ended = GameSession.objects.filter(player_id=player_id, ended_at__isnull=True).update(ended_at=now, end_reason=end)
    audit_record(
        name=EventName.GAME_SESSIONS_ENDED,
        actor=actor,
        now=now,
        subject=f"players.player:{player_id}",
        reason=reason,
        brand_id=Player.objects.values_list("brand_id", flat=True).get(pk=player_id),
        player_id=player_id,
        after={"sessions": ended, "end": end.value},
    )
    return ended


def sessions_expire(*, now: datetime, most: int = 5000) -> int:
    """End sessions that idled out, oldest first, at most `most` at a time; returns how many."""
    idle = GameSession.objects.filter(ended_at__isnull=True, last_seen_at__lt=now - settings.SESSION_IDLE)
    ids = list(idle.order_by("last_seen_at").values_list("pk", flat=True)[:most])
    return GameSession.objects.filter(
        pk__in=ids, ended_at__isnull=True, last_seen_at__lt=now - settings.SESSION_IDLE
    ).update(ended_at=now, end_reason=SessionEnd.EXPIRED)
