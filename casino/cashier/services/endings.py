"""Deposits that end without money: declined, expired, cancelled, refused by us; and money that is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from casino.cashier.enums import DepositState, RefundState
from casino.cashier.errors import DepositNotFound, DepositNotOpen, NewsTooEarly
from casino.cashier.locks import deposit_lock
from casino.cashier.models import Deposit
from casino.cashier.services.steps import Told, deposit_note, deposit_step
from casino.cashier.states import ENDED, OPEN
from casino.gateways.errors import NewsPuzzling
from common.money import decimal_text
from compliance.limits.errors import DepositEnded, DepositUnknown
from compliance.limits.models import DepositReservation
from compliance.limits.services.counters import counters_move
from compliance.limits.services.deposits import deposit_release
from wallet.enums import AccountKind, TransactionKind
from wallet.locks import busy_when_locked
from wallet.services.accounts import house_account
from wallet.services.reversals import transaction_reverse
from wallet.services.transactions import Movement, transaction_post

# A player may take back what no gateway has authorised: from then on the money may be on its way.
CANCELLABLE: Final = frozenset({DepositState.CREATED, DepositState.PENDING})


def deposit_end(deposit: Deposit, state: DepositState, code: str, note: str, told: Told) -> str:
    """End a locked open deposit; its room under the limits is free again."""
    release(deposit, told.now)
    deposit.code = code[:60]
    return deposit_step(deposit, state, note, told, fields=["code"])


def release(deposit: Deposit, now: datetime) -> None:
    """Give the deposit's room under the limits back; there is none where it was refused."""
    try:
        deposit_release(player_id=deposit.player_id, reference=deposit.reference, now=now)
    except (DepositUnknown, DepositEnded):
        return


@busy_when_locked()
@transaction.atomic
def deposit_cancel(*, player_id: int, reference: str, actor: str, now: datetime) -> Deposit:
    """The player changes their mind. Money that comes nevertheless is credited. Again: the same.

    Raises DepositNotFound, DepositNotOpen.
    """
    found = Deposit.objects.filter(player_id=player_id, reference=reference).first()
    if found is None:
        raise DepositNotFound
    deposit = deposit_lock(found.pk)
    if deposit.state == DepositState.CANCELLED:
        return deposit
    if deposit.state not in CANCELLABLE:
        raise DepositNotOpen(state=deposit.state)
    told = Told(actor=actor, now=now)
    deposit_end(deposit, DepositState.CANCELLED, "cancelled_by_player", "Cancelled by the player", told)
    return deposit


@transaction.atomic
def deposits_of_excluded_cancel(player_ids: Sequence[int], exclusion_id: int, now: datetime, actor: str) -> None:
    """What every exclusion does, too: deposits under way are cancelled; their money, if it comes, goes back (2.8)."""
    rows = Deposit.objects.filter(player_id__in=sorted(player_ids), state__in=OPEN)
    for pk in rows.order_by("player_id", "pk").values_list("pk", flat=True):
        deposit = deposit_lock(pk)
        if deposit.state in OPEN:
            told = Told(actor=actor, now=now)
            note = f"Cancelled by exclusion no. {exclusion_id}"
            deposit_end(deposit, DepositState.CANCELLED, "excluded", note, told)


@busy_when_locked()
@transaction.atomic
def deposit_expire(*, deposit_id: int, reason: str, actor: str, now: datetime) -> Deposit:
    """Nothing came in time, or staff say so. Money that comes nevertheless is credited. Raises DepositNotOpen."""
    deposit = deposit_lock(deposit_id)
    if deposit.state not in OPEN:
        raise DepositNotOpen(state=deposit.state)
    deposit_end(deposit, DepositState.EXPIRED, "expired", reason, Told(actor=actor, now=now))
    return deposit


def deposit_reverse(deposit: Deposit, told: Told) -> str:
    """The gateway takes confirmed money back, such as a capture that failed: as if the deposit had never been."""
    if deposit.state in OPEN | ENDED:
        raise NewsTooEarly(f"the reversal of {deposit.reference}, which is {deposit.state}")
    if deposit.state == DepositState.TO_REFUND:
        if deposit.refunds.exclude(state__in=[RefundState.FAILED, RefundState.WAITING]).exists():
            raise NewsPuzzling(f"{deposit.reference} is reversed while its refund is under way")
        return _reverse_suspense(deposit, told)
    if deposit.state == DepositState.REVERSED:
        return deposit_note(deposit, "Reversed, told again", told)
    if deposit.state != DepositState.CREDITED or deposit.transaction_id is None:
        raise NewsPuzzling(f"{deposit.reference} is reversed by the gateway, and is {deposit.state}")
    booked = transaction_reverse(
        transaction_id=deposit.transaction_id, actor=told.actor, now=told.now, reason=f"{deposit.reference} reversed"
    )
    let_in = DepositReservation.objects.filter(player_id=deposit.player_id, reference=deposit.reference).first()
    since = let_in.reserved_at if let_in is not None and let_in.transaction_id else deposit.credited_at
    counters_move(player=deposit.player, now=told.now, since=since, deposited=-deposit.credit)
    note = f"Reversed by the gateway: {decimal_text(deposit.credit)} {deposit.credit_currency} taken back"
    return deposit_step(deposit, DepositState.REVERSED, note, told, transaction_id=booked)


def _reverse_suspense(deposit: Deposit, told: Told) -> str:
    """There is nothing to send back any more: the waiting refund ends with it."""
    suspense = house_account(kind=AccountKind.PAYMENT_SUSPENSE, scope=deposit.gateway, currency=deposit.currency)
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope=deposit.gateway, currency=deposit.currency)
    booked = transaction_post(
        kind=TransactionKind.REFUND, movements=[Movement(suspense.id, clearing.id, deposit.amount)], actor=told.actor,
        now=told.now, player_id=deposit.player_id, reference=deposit.reference,
    )  # fmt: skip
    deposit.refunds.filter(state=RefundState.WAITING).update(
        state=RefundState.FAILED, ended_at=told.now, note="The gateway took the money back itself"
    )
    return deposit_step(
        deposit, DepositState.REVERSED, "Taken back by the gateway before we sent it", told, transaction_id=booked
    )
