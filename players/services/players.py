"""The status of a player's account. Whether a player may bet for other reasons is compliance's affair."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.enums import PlayerStatus
from players.errors import PlayerStatusNotChangeable
from players.models import Player

EVENTS = {
    PlayerStatus.ACTIVE: EventName.PLAYER_UNBLOCKED,
    PlayerStatus.BLOCKED: EventName.PLAYER_BLOCKED,
    PlayerStatus.CLOSED: EventName.PLAYER_CLOSED,
}
log = structlog.get_logger()


def player_block(*, player_id: int, actor: str, now: datetime, reason: str) -> Player:
    """Stop an active account; the wallet refuses its bets from now on, and settles what is open."""
    return _move(player_id, {PlayerStatus.ACTIVE}, PlayerStatus.BLOCKED, actor, now, reason)


def player_unblock(*, player_id: int, actor: str, now: datetime, reason: str, approval: str = "") -> Player:
    """Let a blocked account play again; `approval` is the reference of the second person's."""
    return _move(player_id, {PlayerStatus.BLOCKED}, PlayerStatus.ACTIVE, actor, now, reason, approval)


def player_close(*, player_id: int, actor: str, now: datetime, reason: str) -> Player:
    """End an account for good; its money, rounds and history stay."""
    return _move(player_id, {PlayerStatus.ACTIVE, PlayerStatus.BLOCKED}, PlayerStatus.CLOSED, actor, now, reason)


@transaction.atomic
def _move(
    player_id: int, allowed: set[PlayerStatus], target: PlayerStatus, actor: str, now: datetime, reason: str,
    approval: str = "",
) -> Player:  # fmt: skip
    player = Player.objects.select_for_update().get(pk=player_id)
    if player.status not in allowed:
        raise PlayerStatusNotChangeable(status=player.status)
    before = player.status
    player.status = target
    player.save(update_fields=["status"])
    audit_record(
        name=EVENTS[target], actor=actor, now=now, subject=f"players.player:{player.pk}", reason=reason,
        brand_id=player.brand_id, player_id=player.pk, before={"status": before}, after={"status": target},
        approval=approval,
    )  # fmt: skip
    log.info(EVENTS[target].value, player=player.public_id, actor=actor, reason=reason)
    return player
