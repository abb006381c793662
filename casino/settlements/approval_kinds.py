"""What two people do about settlements: write a break off."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from casino.settlements.enums import BreakKind, BreakState
from casino.settlements.errors import BreakMovedOn, BreakWrittenOff
from casino.settlements.models import Break
from casino.settlements.services.write_off_booking import write_off_standing
from casino.settlements.services.write_offs import break_write_off
from common.money import ZERO, base_amount, decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from wallet.selectors.rates import units_per_base

WRITE_OFF: Final = "settlement_write_off"


def write_off_payload(*, row: Break) -> dict[str, str | int]:
    """The whole of a break. Raises BreakMovedOn, BreakWrittenOff."""
    if row.state == BreakState.SETTLED:
        raise BreakMovedOn(state=BreakState.SETTLED.label)
    if write_off_standing(row) is not None:
        raise BreakWrittenOff
    return {"break": row.pk, "amount": decimal_text(row.amount), "currency": row.currency}


def settlement_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=WRITE_OFF, title="Write-off of a settlement's break",
            propose_permission="settlements.propose_write_off", approve_permission="settlements.approve_write_off",
            facts=_facts, consequences=_consequences, state=_state, execute=_execute, scope=_scope, lock=_lock,
            third_person=_third, third_person_from=Decimal(1000),
        )
    )  # fmt: skip


def _break(payload: Payload) -> Break:
    return Break.objects.select_related("line", "movement").get(pk=int(str(payload["break"])))


def _facts(payload: Payload) -> list[Fact]:
    row = _break(payload)
    about = row.line or row.movement
    return [
        ("Break", f"no. {row.pk}: {BreakKind(row.kind).label}"),
        ("Gateway", row.gateway),
        ("Reference", (about.reference or about.gateway_reference) if about else ""),
        ("Files have more by", f"{decimal_text(row.amount)} {row.currency}"),
        ("Since", row.since.isoformat()),
        ("What was found out", row.reason or "nothing yet"),
    ]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    row = _break(payload)
    word = "gain" if row.amount > ZERO else "loss"
    return [
        Consequence(f"Booked as {word}", "0", f"{decimal_text(abs(row.amount))} {row.currency}", row.amount < ZERO),
        Consequence("State", BreakState(row.state).label, BreakState.CLOSED.label),
    ]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    row = _break(payload)
    return {"Break": row.get_state_display(), "Written off": "yes" if write_off_standing(row) else "no"}


def _scope(payload: Payload) -> ApprovalScope:
    return ApprovalScope(subject=f"settlements.break:{payload['break']}")


def _lock(payload: Payload) -> None:
    Break.objects.select_for_update().get(pk=int(str(payload["break"])))


def _third(payload: Payload, now: datetime) -> bool:
    row = _break(payload)
    worth = base_amount(abs(row.amount), units_per_base(row.currency, now).units_per_base)
    return rule_in_force(WRITE_OFF, now).wants_third_person(worth)


def _execute(payload: Payload, run: Execution) -> str:
    made = break_write_off(
        break_id=int(str(payload["break"])), reason=run.reason, approval=run.reference, actor=run.maker, now=run.now
    )
    return f"wallet.transaction:{made.transaction_id}"
