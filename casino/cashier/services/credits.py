"""Confirmed money: credited once, or kept apart and sent back where the player may not have it (PAY-01, PAY-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from casino.cashier.enums import DepositState, RefundOrigin
from casino.cashier.models import Deposit
from casino.cashier.selectors.figures import figures_of
from casino.cashier.services.conversion import deposit_side
from casino.cashier.services.instruments import instrument_keep
from casino.cashier.services.refund_rows import refund_make
from casino.cashier.services.steps import Told, deposit_step
from casino.gateways.types import Instrument
from casino.outbox.enums import FactName
from casino.outbox.services.facts import fact_announce
from common.money import base_amount, decimal_text
from compliance.exclusions.enums import DepositOutcome
from compliance.exclusions.selectors.standing import deposit_outcome_for
from compliance.kyc.services.money import flow_count
from compliance.limits.decisions import deposit_check
from compliance.limits.enums import DepositState as Reserved
from compliance.limits.models import DepositReservation
from compliance.limits.selectors.usage import deposit_limits
from compliance.limits.services.counters import counters_move
from compliance.limits.services.deposits import deposit_release, deposit_settle
from players.enums import PlayerStatus
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.rates import units_per_base
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit
from wallet.services.transactions import Movement, transaction_post

_FIELDS: Final = ["gateway", "gateway_reference", "instrument"]


def money_in(deposit: Deposit, told: Told, gateway_reference: str, instrument: Instrument | None) -> str:
    """The money of a locked deposit is confirmed at `told.gateway`: credit it, or receive it and send it back."""
    deposit.gateway = told.gateway
    deposit.gateway_reference = gateway_reference or deposit.gateway_reference
    if instrument is not None:
        kept = instrument_keep(
            player_id=deposit.player_id, gateway=told.gateway, told=instrument, used=True, now=told.now
        )
        deposit.instrument = kept or deposit.instrument
    against = _against(deposit, told.now)
    return _credit(deposit, told) if not against else _suspend(deposit, told, against)


def _against(deposit: Deposit, now: datetime) -> str:
    """Why the money may not be credited; empty where it may. Under the wallet's lock."""
    if deposit_outcome_for(player_id=deposit.player_id, now=now) is DepositOutcome.REFUND:
        return "the player is excluded, or the account is closed"
    if deposit.player.status == PlayerStatus.BLOCKED:
        return "the account is locked"
    if not _reserved(deposit):
        # Its room under the limits was given back when it ended; others may have taken it.
        limits = deposit_limits(player=deposit.player, now=now)
        if deposit_check(amount=deposit.credit, limits=limits, now=now) is not None:
            return "it came after its end, and would go over a limit by now"
    return ""


def _reserved(deposit: Deposit) -> bool:
    rows = DepositReservation.objects.filter(player_id=deposit.player_id, reference=deposit.reference)
    return rows.filter(state=Reserved.RESERVED).exists()


def _credit(deposit: Deposit, told: Told) -> str:
    player, now, late = deposit.player, told.now, not _reserved(deposit)
    side = deposit_side(figures_of(deposit), told.gateway)
    booked = player_credit(
        kind=TransactionKind.DEPOSIT, player_id=player.pk, currency=deposit.credit_currency, source_id=side.across,
        amount=deposit.credit, actor=told.actor, now=now, reference=deposit.reference, also=side.movements,
    )  # fmt: skip
    if late:
        counters_move(player=player, now=now, deposited=deposit.credit)
    else:
        deposit_settle(player_id=player.pk, reference=deposit.reference, transaction_id=booked, now=now)
    deposit.transaction_id, deposit.credited_at, deposit.code = booked, now, ""
    deposit.is_first = not Deposit.objects.filter(player=player, is_first=True).exists()
    fields = [*_FIELDS, "transaction_id", "credited_at", "is_first", "code"]
    late_words = f", though it was {deposit.get_state_display().lower()}" if late else ""
    note = f"{decimal_text(deposit.credit)} {deposit.credit_currency} credited{late_words}"
    deposit_step(deposit, DepositState.CREDITED, note, told, fields=fields, transaction_id=booked)
    _tell(deposit, booked, now)
    return note


def _tell(deposit: Deposit, booked: UUID, now: datetime) -> None:
    """Verification counts it, and who listens to the outbox learns of it."""
    units = units_per_base(deposit.credit_currency, now).units_per_base
    flow_count(
        transaction_id=booked, player_id=deposit.player_id, kind="deposit", base=base_amount(deposit.credit, units),
        booked_at=now, now=now,
    )  # fmt: skip
    deposit_announce(deposit, FactName.DEPOSIT_CREDITED, deposit.reference, now)
    if deposit.is_first:
        deposit_announce(deposit, FactName.DEPOSIT_FIRST, deposit.reference, now)


def deposit_announce(deposit: Deposit, name: FactName, key: str, now: datetime) -> None:
    """A fact about a deposit: what the wallet got or gave, and what was paid."""
    fact_announce(
        name=name, player_id=deposit.player_id, key=key, now=now,
        payload={
            "reference": deposit.reference, "amount": decimal_text(deposit.credit),
            "currency": deposit.credit_currency, "paid": decimal_text(deposit.amount),
            "paid_currency": deposit.currency, "method": deposit.method,
        },
    )  # fmt: skip


def _suspend(deposit: Deposit, told: Told, against: str) -> str:
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope=told.gateway, currency=deposit.currency)
    suspense = house_account(kind=AccountKind.PAYMENT_SUSPENSE, scope=told.gateway, currency=deposit.currency)
    booked = transaction_post(
        kind=TransactionKind.SUSPENSE, movements=[Movement(clearing.id, suspense.id, deposit.amount)],
        actor=told.actor, now=told.now, player_id=deposit.player_id, reference=deposit.reference,
    )  # fmt: skip
    if _reserved(deposit):
        deposit_release(player_id=deposit.player_id, reference=deposit.reference, now=told.now)
    deposit.suspense_id = booked
    note = f"Received, goes back: {against}"
    deposit_step(deposit, DepositState.TO_REFUND, note, told, fields=[*_FIELDS, "suspense_id"], transaction_id=booked)
    refund_make(
        deposit=deposit, origin=RefundOrigin.SUSPENSE, reason=against, approval="", transaction_id=None,
        actor="system:cashier", now=told.now,
    )  # fmt: skip
    return note
