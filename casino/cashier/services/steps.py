"""A deposit's steps: the one place where its state moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit, DepositStep
from casino.cashier.states import may_follow
from common.errors import BrokenPromise
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who says so: a gateway's news with its key and message, or nobody's but the actor's."""

    actor: str
    now: datetime
    gateway: str = ""
    news_key: str = ""
    message_id: int = 0


def told_by(gateway: str, key: str, message_id: int, now: datetime) -> Told:
    """A gateway's own word."""
    return Told(actor=f"gateway:{gateway}", now=now, gateway=gateway, news_key=key[:200], message_id=message_id)


def deposit_step(
    deposit: Deposit,
    state: DepositState,
    note: str,
    told: Told,
    *,
    fields: Sequence[str] = (),
    transaction_id: UUID | None = None,
) -> str:
    """Move a locked deposit, save the named fields that were changed with it, and tell why. Returns the note.

    Raises BrokenPromise for a state that does not follow (states.py): callers look first.
    """
    before = deposit.state
    if not may_follow(before, state):
        raise BrokenPromise(f"{deposit.reference}: {state} does not follow {before}")
    deposit.state, deposit.changed_at = state, told.now
    deposit.save(update_fields=["state", "changed_at", *fields])
    _write(deposit, before, note, told, transaction_id)
    audit_record(
        name=EventName.DEPOSIT_MOVED, actor=told.actor, now=told.now, subject=f"cashier.deposit:{deposit.pk}",
        reason=note, brand_id=deposit.player.brand_id, player_id=deposit.player_id, before={"state": before},
        after={"state": state, "amount": deposit.amount, "currency": deposit.currency, "transaction": transaction_id},
    )  # fmt: skip
    return note


def deposit_note(deposit: Deposit, note: str, told: Told) -> str:
    """News that changes nothing, kept with why. Returns the note."""
    _write(deposit, deposit.state, note, told, None)
    return note


def _write(deposit: Deposit, before: str, note: str, told: Told, transaction_id: UUID | None) -> None:
    DepositStep.objects.create(
        deposit=deposit, before=before, after=deposit.state, at=told.now, actor=told.actor, note=note[:500],
        gateway=told.gateway, news_key=told.news_key, message_id=told.message_id or None, transaction_id=transaction_id,
    )  # fmt: skip
