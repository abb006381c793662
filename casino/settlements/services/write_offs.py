"""Writing a break off: two people agree, it is booked and the break is closed, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.settlements.enums import BreakState
from casino.settlements.errors import BreakMovedOn, BreakWrittenOff
from casino.settlements.locks import gateway_lock
from casino.settlements.models import Break, WriteOff
from casino.settlements.services.breaks import break_decide
from casino.settlements.services.write_off_booking import write_off_book, write_off_standing
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def break_write_off(*, break_id: int, reason: str, approval: str, actor: str, now: datetime) -> WriteOff:
    """Book a break out of clearing and close it, under an executed approval ("approval:12").

    Raises BreakWrittenOff, BreakMovedOn where it came right meanwhile.
    """
    gateway_lock(Break.objects.values_list("gateway", flat=True).get(pk=break_id))
    row = Break.objects.select_for_update().get(pk=break_id)
    if row.state == BreakState.SETTLED:
        raise BreakMovedOn(state=BreakState.SETTLED.label)
    if write_off_standing(row) is not None:
        raise BreakWrittenOff
    posted = write_off_book(row, row.amount, reference=approval, actor=actor, now=now)
    made = WriteOff.objects.create(of=row, transaction_id=posted, approval=approval, at=now)
    if row.state != BreakState.CLOSED:
        break_decide(break_id=row.pk, state=BreakState.CLOSED, reason=reason, actor=actor, now=now)
    audit_record(
        name=EventName.SETTLEMENT_BREAK_WRITTEN_OFF, actor=actor, now=now, reason=reason,
        subject=f"settlements.break:{row.pk}",
        after={"amount": row.amount, "currency": row.currency, "transaction": posted, "approval": approval},
    )  # fmt: skip
    return made
