"""What people and the reconciliation itself do about breaks. Every step is told and kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.reconciliation.enums import BreakState, StepKind
from casino.reconciliation.errors import AboveTolerance, BreakMovedOn
from casino.reconciliation.locks import break_lock
from casino.reconciliation.models import Break, BreakStep, StatementSource
from casino.reconciliation.services.statements import SYSTEM
from casino.reconciliation.states import BREAKS, WAITING
from compliance.approvals.kinds.worth import worded_base, worth
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def break_explain(*, break_id: int, reason: str, actor: str, now: datetime) -> Break:
    """Say why it is there; it stays in the list. Raises BreakMovedOn."""
    return _decided(break_id, BreakState.EXPLAINED, StepKind.EXPLAINED, reason, actor, now)


@transaction.atomic
def break_close(*, break_id: int, reason: str, actor: str, now: datetime) -> Break:
    """Nobody waits for it any more; nothing is booked by that. Raises BreakMovedOn."""
    return _decided(break_id, BreakState.CLOSED, StepKind.CLOSED, reason, actor, now)


@transaction.atomic
def break_reopen(*, break_id: int, reason: str, actor: str, now: datetime) -> Break:
    """It waits for somebody again. Raises BreakMovedOn."""
    return _decided(break_id, BreakState.OPEN, StepKind.REOPENED, reason, actor, now)


@transaction.atomic
def break_own(*, break_id: int, owner_id: int, actor: str, now: datetime) -> Break:
    """Whose it is from now on. Raises BreakMovedOn once it no longer waits."""
    row = _waiting(break_id)
    row.owner_id = owner_id
    row.save(update_fields=["owner"])
    step_tell(row=row, kind=StepKind.OWNED, words=f"staff:{owner_id}", actor=actor, now=now)
    return row


@transaction.atomic
def break_ask(*, break_id: int, words: str, actor: str, now: datetime) -> Break:
    """The provider was asked, in these words. Raises BreakMovedOn once it no longer waits."""
    row = _waiting(break_id)
    step_tell(row=row, kind=StepKind.ASKED, words=words, actor=actor, now=now)
    return row


@transaction.atomic
def break_write_off(*, break_id: int, reason: str, actor: str, now: datetime) -> Break:
    """Let it be: it is worth no more than was agreed for the provider. Raises AboveTolerance and BreakMovedOn."""
    row = _waiting(break_id)
    source = StatementSource.objects.filter(provider_id=row.provider_id).first()
    tolerance = (source or StatementSource()).tolerance
    row.worth, row.tolerance = worth(row.amount, row.currency, now), tolerance
    if row.worth > tolerance:
        raise AboveTolerance(worth=worded_base(row.worth), tolerance=worded_base(tolerance))
    row.save(update_fields=["worth", "tolerance"])
    return _decided(break_id, BreakState.WRITTEN_OFF, StepKind.WRITTEN_OFF, reason, actor, now)


def break_corrected(*, break_id: int, reason: str, actor: str, now: datetime, approval: str) -> Break:
    """Its correction is booked. Call it within that transaction. Raises BreakMovedOn."""
    return _decided(break_id, BreakState.CORRECTED, StepKind.CORRECTED, reason, actor, now, approval)


def break_close_itself(*, break_id: int, reason: str, now: datetime) -> None:
    """What was missing came. Call it within a transaction."""
    _decided(break_id, BreakState.CLOSED, StepKind.CLOSED, reason, SYSTEM, now)


def step_tell(*, row: Break, kind: StepKind, words: str, actor: str, now: datetime) -> None:
    """One line of a break's story. Call it within the transaction of what it tells."""
    BreakStep.objects.create(break_row=row, kind=kind, words=words[:500], actor=actor, at=now)


def _waiting(break_id: int) -> Break:
    row = break_lock(break_id)
    if row.state not in WAITING:
        raise BreakMovedOn(state=row.get_state_display())
    return row


def _decided(
    break_id: int, state: BreakState, step: StepKind, reason: str, actor: str, now: datetime, approval: str = ""
) -> Break:
    row = break_lock(break_id)
    before = BreakState(row.state)
    if state not in BREAKS[before]:
        raise BreakMovedOn(state=before.label)
    row.state, row.reason, row.decided_by, row.decided_at = state, reason[:500], actor, now
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    step_tell(row=row, kind=step, words=reason, actor=actor, now=now)
    audit_record(
        name=EventName.PROVIDER_BREAK_DECIDED, actor=actor, now=now, reason=reason[:300],
        subject=f"reconciliation.break:{row.pk}", player_id=row.player_id, approval=approval,
        before={"state": before}, after={"state": state},
    )  # fmt: skip
    return row
