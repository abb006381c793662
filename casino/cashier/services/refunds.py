"""Refunds: asked for, paid, failed, come back, each in the transaction that books it (docs/cashier.md)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from casino.cashier.enums import DepositState, RefundOrigin, RefundState
from casino.cashier.errors import DepositNotRefundable
from casino.cashier.locks import deposit_lock
from casino.cashier.models import Deposit, Refund
from casino.cashier.selectors.figures import figures_of
from casino.cashier.services.conversion import deposit_side
from casino.cashier.services.credits import deposit_announce
from casino.cashier.services.net_deposits import net_deposits_move
from casino.cashier.services.refund_rows import refund_make, refund_told
from casino.cashier.services.steps import Told, deposit_note, deposit_step
from casino.outbox.enums import FactName
from compliance.audit.names import EventName
from wallet.enums import AccountKind, TransactionKind
from wallet.locks import busy_when_locked
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.transactions import Movement, transaction_post


@busy_when_locked()
@transaction.atomic
def refund_ask(*, deposit_id: int, reason: str, approval: str, actor: str, now: datetime) -> Refund:
    """Take a credited deposit back from the player, to be sent where it came from; staff's, after an approval.

    What the player has spent becomes a receivable; fee and margin are given back. Raises DepositNotRefundable.
    """
    deposit = deposit_lock(deposit_id)
    if deposit.state != DepositState.CREDITED:
        raise DepositNotRefundable(state=deposit.state)
    side = deposit_side(figures_of(deposit), deposit.gateway, back=True)
    booked = player_take_back(
        kind=TransactionKind.REFUND, player_id=deposit.player_id, currency=deposit.credit_currency,
        target_id=side.across, amount=deposit.credit, actor=actor, now=now, reference=deposit.reference,
        also=side.movements,
    )  # fmt: skip
    net_deposits_move(deposit, back=deposit.credit, now=now)
    told = Told(actor=actor, now=now)
    deposit_step(deposit, DepositState.REFUNDING, f"Refund asked for: {reason}", told, transaction_id=booked)
    return refund_make(
        deposit=deposit, origin=RefundOrigin.CREDITED, reason=reason, approval=approval, transaction_id=booked,
        actor=actor, now=now,
    )  # fmt: skip


@busy_when_locked()
@transaction.atomic
def refund_again(*, deposit_id: int, reason: str, actor: str, now: datetime) -> Refund:
    """Send money that lies in suspense back once more, after its refund failed. Raises DepositNotRefundable."""
    deposit = deposit_lock(deposit_id)
    under_way = Refund.objects.filter(deposit=deposit).exclude(state=RefundState.FAILED).exists()
    if deposit.state != DepositState.TO_REFUND or under_way:
        raise DepositNotRefundable(state=deposit.state)
    return refund_make(
        deposit=deposit, origin=RefundOrigin.SUSPENSE, reason=reason, approval="", transaction_id=None, actor=actor,
        now=now,
    )  # fmt: skip


def refund_paid(refund: Refund, told: Told) -> str:
    """The gateway paid a locked refund. Returns what was done."""
    if refund.state == RefundState.DONE:
        return deposit_note(refund.deposit, "The refund was paid, told again", told)
    if refund.state == RefundState.FAILED:
        return deposit_note(refund.deposit, "A refund that failed before is said to be paid: look at it", told)
    if refund.origin == RefundOrigin.SUSPENSE:
        refund.transaction_id = _suspense(refund, TransactionKind.REFUND, told)
    refund.state, refund.ended_at = RefundState.DONE, told.now
    refund.save(update_fields=["state", "ended_at", "transaction_id"])
    note = deposit_step(
        refund.deposit, DepositState.REFUNDED, "The refund was paid", told,
        transaction_id=refund.transaction_id if refund.origin == RefundOrigin.SUSPENSE else None,
    )  # fmt: skip
    refund_told(refund, EventName.REFUND_PAID, "", told.actor, told.now)
    deposit_announce(refund.deposit, FactName.DEPOSIT_REFUNDED, refund.reference, told.now)
    return note


def refund_failed(refund: Refund, why: str, told: Told) -> str:
    """The gateway did not pay a locked refund, or its money came back after it was paid: it is where it was before."""
    if refund.state == RefundState.FAILED:
        return deposit_note(refund.deposit, "The refund failed, told again", told)
    deposit, was = refund.deposit, refund.state
    if refund.origin == RefundOrigin.CREDITED:
        refund.return_id = _credit_back(deposit, told)
    elif was == RefundState.DONE:
        refund.return_id = _suspense(refund, TransactionKind.REFUND_RETURN, told)
    refund.state, refund.ended_at, refund.note = RefundState.FAILED, told.now, why[:300]
    refund.save(update_fields=["state", "ended_at", "note", "return_id"])
    refund_told(refund, EventName.REFUND_FAILED, why, told.actor, told.now)
    note = f"The refund failed: {why}" if was != RefundState.DONE else f"The refund came back: {why}"
    if refund.origin == RefundOrigin.CREDITED:
        return deposit_step(deposit, DepositState.CREDITED, note, told, transaction_id=refund.return_id)
    if was == RefundState.DONE:
        return deposit_step(deposit, DepositState.TO_REFUND, note, told, transaction_id=refund.return_id)
    return deposit_note(deposit, f"{note}. It waits for people", told)


def _credit_back(deposit: Deposit, told: Told) -> UUID:
    side = deposit_side(figures_of(deposit), deposit.gateway)
    net_deposits_move(deposit, back=-deposit.credit, now=told.now)
    return player_credit(
        kind=TransactionKind.REFUND_RETURN, player_id=deposit.player_id, currency=deposit.credit_currency,
        source_id=side.across, amount=deposit.credit, actor=told.actor, now=told.now, reference=deposit.reference,
        also=side.movements,
    )  # fmt: skip


def _suspense(refund: Refund, kind: TransactionKind, told: Told) -> UUID:
    """Suspense to clearing when it is paid, and back when it came back."""
    deposit = refund.deposit
    suspense = house_account(kind=AccountKind.PAYMENT_SUSPENSE, scope=deposit.gateway, currency=refund.currency).id
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope=deposit.gateway, currency=refund.currency).id
    ends = (suspense, clearing) if kind == TransactionKind.REFUND else (clearing, suspense)
    return transaction_post(
        kind=kind, movements=[Movement(*ends, refund.amount)], actor=told.actor, now=told.now,
        player_id=deposit.player_id, reference=deposit.reference,
    )  # fmt: skip
