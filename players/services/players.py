"""The status of a player's account. Whether a player may bet for other reasons is compliance's affair."""

from __future__ import annotations

import structlog
from django.db import transaction

from players.enums import PlayerStatus
from players.errors import PlayerStatusNotChangeable
from players.models import Player

EVENTS = {
    PlayerStatus.ACTIVE: "players:player:unblocked",
    PlayerStatus.BLOCKED: "players:player:blocked",
    PlayerStatus.CLOSED: "players:player:closed",
}
log = structlog.get_logger()


def player_block(*, player_id: int, actor: str, reason: str) -> Player:
    """Stop an active account; the wallet refuses its bets from now on, and settles what is open."""
    return _move(player_id, {PlayerStatus.ACTIVE}, PlayerStatus.BLOCKED, actor, reason)


def player_unblock(*, player_id: int, actor: str, reason: str) -> Player:
    """Let a blocked account play again."""
    return _move(player_id, {PlayerStatus.BLOCKED}, PlayerStatus.ACTIVE, actor, reason)


def player_close(*, player_id: int, actor: str, reason: str) -> Player:
    """End an account for good; its money, rounds and history stay."""
    return _move(player_id, {PlayerStatus.ACTIVE, PlayerStatus.BLOCKED}, PlayerStatus.CLOSED, actor, reason)


@transaction.atomic
def _move(player_id: int, allowed: set[PlayerStatus], target: PlayerStatus, actor: str, reason: str) -> Player:
    player = Player.objects.select_for_update().get(pk=player_id)
    if player.status not in allowed:
        raise PlayerStatusNotChangeable(status=player.status)
    player.status = target
    player.save(update_fields=["status"])
    log.info(EVENTS[target], player=player.public_id, actor=actor, reason=reason)
    return player
