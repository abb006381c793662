"""Launching a game from the lobby: the gate is asked, the location looked at, the one-time token made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.games.enums import SLOTS
from casino.games.models import Game
from casino.lobby.selectors.games import game_offered
from casino.play import errors
from casino.play.enums import SessionEnd, SessionMode
from casino.play.models import GameSession
from casino.play.services.sessions import Launch, game_open, session_launch
from compliance.geo.services.checks import location_seen
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player


def game_launch(
    *, player: Player, provider: str, code: str, mode: SessionMode, device: str, ip: str, now: datetime
) -> Launch:
    """Prepare a game for a player, for money or for fun. `ip` is where the player comes from (G-30).

    Raises GameNotOffered, GameDisabled for a mode that the game has not, PlayerBlocked and GameDisabled while play is
    stopped, and the gate's first reason.
    """
    actor = f"player:{player.pk}"
    game = game_offered(player=player, provider=provider, code=code, device=device)
    if not game_open(game, player, mode):
        raise errors.GameDisabled(mode=mode.value)
    if ip:
        location_seen(player_id=player.pk, ip=ip, actor=actor, now=now)
    with transaction.atomic():
        launch = session_launch(player=player, game=game, mode=mode, now=now)
        _others_end(launch.session, game, player, now)
    return launch


def _others_end(session: GameSession, game: Game, player: Player, now: datetime) -> None:
    """Where slots may not be played side by side, the newest one stays (UK-11, ON-04)."""
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    if game.category not in SLOTS or policy.flag(PolicyKey.SLOT_PARALLEL):
        return
    others = GameSession.objects.filter(player_id=player.pk, ended_at__isnull=True, game__category__in=SLOTS)
    others.exclude(pk=session.pk).update(ended_at=now, end_reason=SessionEnd.REPLACED)
