"""Lifting a block or a risk flag takes two people (SEC-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.gate.enums import CLOSED_BY, FlagKind
from compliance.gate.errors import FlagEndedAlready
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_lift
from players.models import Player

LIFT: Final = "flag_lift"


def flag_lift_payload(*, flag: Flag, now: datetime) -> dict[str, str | int]:
    """The end of a flag, now. Raises FlagEndedAlready."""
    if flag.ends_at is not None and flag.ends_at <= now:
        raise FlagEndedAlready
    return {"flag": flag.pk, "kind": flag.kind, "player": flag.player_id}


def flag_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=LIFT,
            title="Lifting of a block or risk flag",
            propose_permission="gate.lift_flag",
            approve_permission="gate.approve_flag_lift",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_lift,
            scope=_scope,
            lock=_lock,
        )
    )


def _number(payload: Payload, name: str) -> int:
    value = payload[name]
    assert isinstance(value, int)
    return value


def _flag(payload: Payload) -> Flag:
    return Flag.objects.select_related("player").get(pk=_number(payload, "flag"))


def _live(payload: Payload, now: datetime) -> list[Flag]:
    rows = Flag.objects.filter(player_id=_number(payload, "player")).order_by("pk")
    return [row for row in rows if row.ends_at is None or row.ends_at > now]


def _named(flags: list[Flag]) -> str:
    return ", ".join(f"{flag.get_kind_display()} (no. {flag.pk})" for flag in flags) or "none"


def _facts(payload: Payload) -> list[Fact]:
    flag = _flag(payload)
    return [
        ("Player", flag.player.public_id),
        ("Flag", flag.get_kind_display()),
        ("Placed by", flag.placed_by),
        ("Placed because", flag.reason),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    live = _live(payload, now)
    left = [flag for flag in live if flag.pk != payload["flag"]]
    closed = {point for flag in left for point in CLOSED_BY[FlagKind(flag.kind)]}
    opened = sorted(point.label for point in CLOSED_BY[FlagKind(str(payload["kind"]))] - closed)
    return [
        Consequence("Blocks and flags", _named(live), _named(left)),
        Consequence("No longer closed by a flag", "none", ", ".join(opened) or "none", bool(opened)),
    ]


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    return {"Blocks and flags": _named(_live(payload, now))}


def _scope(payload: Payload) -> ApprovalScope:
    player = Player.objects.get(pk=_number(payload, "player"))
    return ApprovalScope(
        subject=f"gate.flag:{payload['flag']}",
        brand_id=player.brand_id,
        jurisdiction=player.jurisdiction,
        player_id=player.pk,
    )


def _lock(payload: Payload) -> None:
    Flag.objects.select_for_update(no_key=True).get(pk=_number(payload, "flag"))


def _lift(payload: Payload, run: Execution) -> str:
    lifted = flag_lift(
        flag_id=_number(payload, "flag"), reason=run.reason, actor=run.maker, now=run.now, approval=run.reference
    )
    return f"gate.flag:{lifted.pk}"
