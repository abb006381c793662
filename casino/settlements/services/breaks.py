"""What people say about breaks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from casino.settlements.enums import BreakState
from casino.settlements.errors import BreakMovedOn, BreakWrittenOff
from casino.settlements.models import Break
from casino.settlements.services.write_off_booking import write_off_standing, write_off_undo
from casino.settlements.states import BREAKS
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

SYSTEM: Final = "system:settlements"


@transaction.atomic
def break_decide(*, break_id: int, state: BreakState, reason: str, actor: str, now: datetime) -> Break:
    """Explain a break, close it, or open it again, with a reason. Raises BreakMovedOn, BreakWrittenOff."""
    row = Break.objects.select_for_update().get(pk=break_id)
    before = BreakState(row.state)
    if state is BreakState.SETTLED or state not in BREAKS[before]:
        raise BreakMovedOn(state=before.label)
    if state is BreakState.OPEN and write_off_standing(row) is not None:
        raise BreakWrittenOff
    _move(row, state, reason, actor, now)
    audit_record(
        name=EventName.SETTLEMENT_BREAK_DECIDED, actor=actor, now=now, reason=reason,
        subject=f"settlements.break:{row.pk}", before={"state": before}, after={"state": state},
    )  # fmt: skip
    return row


def break_settle(*, row: Break, now: datetime) -> None:
    """Its other half came, and a write-off is taken back with it. Call it within a transaction."""
    if (booked := write_off_standing(row)) is not None:
        write_off_undo(booked, actor=SYSTEM, now=now)
    _move(row, BreakState.SETTLED, "Line and booking found each other.", SYSTEM, now)


def _move(row: Break, state: BreakState, reason: str, actor: str, now: datetime) -> None:
    row.state, row.reason, row.decided_by, row.decided_at = state, reason, actor, now
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
