"""Lifting what an operator placed on a player: a restriction, or the block of the account (SEC-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.enums import RestrictionKind
from compliance.errors import RestrictionEndedAlready, RestrictionStands
from compliance.models import Restriction
from compliance.selectors.restriction_in_force import restriction_in_force
from compliance.services.restrictions import CHOSEN_BY_THE_PLAYER, restriction_lift
from players.enums import PlayerStatus
from players.errors import PlayerStatusNotChangeable
from players.models import Player
from players.services.players import player_unblock

LIFT: Final = "restriction_lift"
UNBLOCK: Final = "player_unblock"
APPROVE: Final = "compliance.approve_lift"


def lift_payload(*, restriction: Restriction, now: datetime) -> dict[str, str | int]:
    """The end of a restriction, now. Raises RestrictionStands and RestrictionEndedAlready."""
    if restriction.kind in CHOSEN_BY_THE_PLAYER:
        raise RestrictionStands
    if restriction.ends_at is not None and restriction.ends_at <= now:
        raise RestrictionEndedAlready
    return {"kind": restriction.kind, "player": restriction.player_id, "restriction": restriction.pk}


def unblock_payload(*, player: Player) -> dict[str, str | int]:
    """The end of an account's block. Raises PlayerStatusNotChangeable."""
    if player.status != PlayerStatus.BLOCKED:
        raise PlayerStatusNotChangeable(status=player.status)
    return {"player": player.pk, "public_id": player.public_id}


def lift_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=LIFT,
            title="Lifting of a restriction",
            propose_permission="compliance.lift_restriction",
            approve_permission=APPROVE,
            facts=_lift_facts,
            consequences=_lift_consequences,
            state=_state,
            execute=_lift,
            scope=_scope,
            lock=_lock,
        )
    )
    approval_kind_register(
        ApprovalKind(
            code=UNBLOCK,
            title="Unblocking of an account",
            propose_permission="players.block_player",
            approve_permission=APPROVE,
            facts=_unblock_facts,
            consequences=_unblock_consequences,
            state=_state,
            execute=_unblock,
            scope=_scope,
            lock=_lock,
        )
    )


def _number(payload: Payload, name: str) -> int:
    value = payload[name]
    assert isinstance(value, int)
    return value


def _player(payload: Payload) -> Player:
    return Player.objects.get(pk=_number(payload, "player"))


def _restriction(payload: Payload) -> Restriction:
    return Restriction.objects.get(pk=_number(payload, "restriction"))


def _scope(payload: Payload) -> ApprovalScope:
    player = _player(payload)
    subject = f"players.player:{player.pk}"
    if "restriction" in payload:
        subject = f"compliance.restriction:{payload['restriction']}"
    return ApprovalScope(
        subject=subject, brand_id=player.brand_id, jurisdiction=player.jurisdiction, player_id=player.pk
    )


def _lock(payload: Payload) -> None:
    Player.objects.select_for_update(no_key=True).get(pk=_number(payload, "player"))
    if "restriction" in payload:
        Restriction.objects.select_for_update(no_key=True).get(pk=_number(payload, "restriction"))


def _live(payload: Payload, now: datetime) -> list[Restriction]:
    rows = Restriction.objects.filter(player_id=_number(payload, "player")).order_by("pk")
    return [row for row in rows if row.ends_at is None or row.ends_at > now]


def _named(restriction: Restriction) -> str:
    end = f"until {restriction.ends_at:%Y-%m-%d %H:%M} UTC" if restriction.ends_at else "until lifted"
    return f"{RestrictionKind(restriction.kind).label} (no. {restriction.pk}, {end})"


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    standing = ", ".join(_named(row) for row in _live(payload, now)) or "none"
    return {
        "Account of the player": PlayerStatus(_player(payload).status).label,
        "Restrictions": standing,
    }


def _lift_facts(payload: Payload) -> list[Fact]:
    restriction = _restriction(payload)
    return [
        ("Player", _player(payload).public_id),
        ("Restriction", _named(restriction)),
        ("Placed by", restriction.placed_by),
        ("Placed because", restriction.reason),
    ]


def _unblock_facts(payload: Payload) -> list[Fact]:
    return [("Player", str(payload["public_id"])), ("Account", "blocked, would be active")]


def _lift_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    live = _live(payload, now)
    left = [row for row in live if row.pk != payload["restriction"]]
    status = PlayerStatus(_player(payload).status)
    plays = not left and status == PlayerStatus.ACTIVE
    return [
        Consequence("Restrictions", ", ".join(map(_named, live)) or "none", ", ".join(map(_named, left)) or "none"),
        Consequence("Account of the player", status.label, status.label, status != PlayerStatus.ACTIVE),
        Consequence("Bets", "refused", "taken" if plays else "still refused", plays),
    ]


def _unblock_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    kind = restriction_in_force(player_id=_number(payload, "player"), now=now)
    told = RestrictionKind(kind).label if kind else "none"
    return [
        Consequence("Account of the player", PlayerStatus.BLOCKED.label, PlayerStatus.ACTIVE.label),
        Consequence("Restriction in force", told, told, kind is not None),
        Consequence("Bets", "refused", "still refused" if kind else "taken", kind is None),
    ]


def _lift(payload: Payload, run: Execution) -> str:
    lifted = restriction_lift(
        restriction_id=_number(payload, "restriction"),
        reason=run.reason,
        actor=run.maker,
        now=run.now,
        approval=run.reference,
    )
    return f"compliance.restriction:{lifted.pk}"


def _unblock(payload: Payload, run: Execution) -> str:
    player = player_unblock(
        player_id=_number(payload, "player"), actor=run.maker, now=run.now, reason=run.reason, approval=run.reference
    )
    return f"players.player:{player.pk}"
