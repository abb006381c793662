"""Chargebacks: the money is taken though it may be spent, the account is frozen, people look at it (TM-28)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import transaction

from casino.cashier.conversion import part_of
from casino.cashier.enums import ChargebackState, DepositState
from casino.cashier.errors import EvidenceNotWanted, NewsTooEarly
from casino.cashier.models import Chargeback, Deposit
from casino.cashier.selectors.figures import figures_of
from casino.cashier.services.conversion import deposit_side
from casino.cashier.services.credits import deposit_announce
from casino.cashier.services.net_deposits import net_deposits_move
from casino.cashier.services.steps import Told, deposit_note, deposit_step
from casino.gateways.errors import NewsPuzzling
from casino.gateways.types import News
from casino.outbox.enums import FactName
from common.money import ZERO, decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_place
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.player_balances import player_balances
from wallet.services.player_money import player_credit, player_take_back

FREEZE: Final = (
    FlagKind.RISK_CHARGEBACK, FlagKind.DEPOSIT_BLOCKED, FlagKind.BET_BLOCKED, FlagKind.WITHDRAWAL_BLOCKED,
)  # fmt: skip
NEXT: Final = {
    DepositState.CREDITED: DepositState.CHARGED_BACK,
    DepositState.CHARGEBACK_REVERSED: DepositState.CHARGED_BACK_AGAIN,
}


def dispute_announced(deposit: Deposit, news: News, told: Told) -> str:
    """No money moved yet: a row that people answer with evidence in time."""
    if deposit.state not in NEXT:
        raise _unfit(deposit, "a dispute")
    row = _running(deposit)
    if row is not None:
        return deposit_note(deposit, "The dispute was announced already", told)
    _make(deposit, news, ChargebackState.ANNOUNCED, told)
    return deposit_note(deposit, f"Dispute announced: {news.text or news.code or 'no reason told'}", told)


def chargeback_take(deposit: Deposit, news: News, told: Told) -> str:
    """Debit what was charged back; what is spent becomes a receivable. Raises NewsTooEarly, NewsPuzzling."""
    if deposit.state not in NEXT:
        raise _unfit(deposit, "a chargeback")
    row = _running(deposit) or _make(deposit, news, ChargebackState.ANNOUNCED, told)
    if news.amount is not None:
        row.amount = news.amount
    figures = part_of(figures_of(deposit), row.amount)
    owed_before = _owed(deposit)
    side = deposit_side(figures, deposit.gateway, back=True)
    booked = player_take_back(
        kind=TransactionKind.CHARGEBACK, player_id=deposit.player_id, currency=deposit.credit_currency,
        target_id=side.across, amount=figures.wallet, actor=told.actor, now=told.now, reference=deposit.reference,
        also=side.movements,
    )  # fmt: skip
    row.state, row.booked_at, row.transaction_id = ChargebackState.BOOKED, told.now, booked
    row.taken, row.owed = figures.wallet, _owed(deposit) - owed_before
    row.save(update_fields=["state", "amount", "booked_at", "transaction_id", "taken", "owed"])
    net_deposits_move(deposit, back=figures.wallet, now=told.now)
    currency = deposit.credit_currency
    note = f"Charged back: {decimal_text(row.taken)} {currency}, of which {decimal_text(row.owed)} is owed"
    deposit_step(deposit, NEXT[DepositState(deposit.state)], note, told, transaction_id=booked)
    _freeze(deposit, told)
    deposit_announce(deposit, FactName.DEPOSIT_CHARGED_BACK, f"{deposit.reference}:{row.number}", told.now)
    return note


def chargeback_undo(deposit: Deposit, _news: News, told: Told) -> str:
    """The dispute was won: what was taken comes back, and repays what is owed. Flags stay until people lift them."""
    row = _running(deposit)
    if row is not None and row.state == ChargebackState.ANNOUNCED:
        row.state, row.reversed_at = ChargebackState.REVERSED, told.now
        row.save(update_fields=["state", "reversed_at"])
        return deposit_note(deposit, "The dispute ended before money moved", told)
    if deposit.state != DepositState.CHARGED_BACK or row is None:
        raise _unfit(deposit, "a reversed chargeback")
    figures = part_of(figures_of(deposit), row.amount)
    side = deposit_side(figures, deposit.gateway)
    booked = player_credit(
        kind=TransactionKind.CHARGEBACK_REVERSAL, player_id=deposit.player_id, currency=deposit.credit_currency,
        source_id=side.across, amount=figures.wallet, actor=told.actor, now=told.now, reference=deposit.reference,
        also=side.movements,
    )  # fmt: skip
    row.state, row.reversed_at, row.reversal_id = ChargebackState.REVERSED, told.now, booked
    row.save(update_fields=["state", "reversed_at", "reversal_id"])
    net_deposits_move(deposit, back=-figures.wallet, now=told.now)
    note = f"Chargeback reversed: {decimal_text(figures.wallet)} {deposit.credit_currency} credited again"
    return deposit_step(deposit, DepositState.CHARGEBACK_REVERSED, note, told, transaction_id=booked)


@transaction.atomic
def evidence_sent(*, chargeback_id: int, note: str, actor: str, now: datetime) -> Chargeback:
    """Somebody sent evidence to the gateway; kept with who and when. Raises EvidenceNotWanted."""
    row = Chargeback.objects.select_related("deposit__player").select_for_update(of=("self",)).get(pk=chargeback_id)
    if row.state == ChargebackState.REVERSED:
        raise EvidenceNotWanted
    row.evidence_sent_at, row.evidence_sent_by = now, actor
    row.save(update_fields=["evidence_sent_at", "evidence_sent_by"])
    audit_record(
        name=EventName.CHARGEBACK_EVIDENCE, actor=actor, now=now, subject=f"cashier.chargeback:{row.pk}", reason=note,
        player_id=row.deposit.player_id, brand_id=row.deposit.player.brand_id,
    )  # fmt: skip
    return row


def _make(deposit: Deposit, news: News, state: ChargebackState, told: Told) -> Chargeback:
    return Chargeback.objects.create(
        deposit=deposit, number=deposit.chargebacks.count() + 1, state=state, amount=news.amount or deposit.amount,
        currency=deposit.currency, code=news.code[:100], text=news.text[:300], opened_at=told.now,
        gateway_reference=news.gateway_reference[:200],
        evidence_due=(told.now + timedelta(days=settings.CHARGEBACK_EVIDENCE_DAYS)).date(),
    )  # fmt: skip


def _running(deposit: Deposit) -> Chargeback | None:
    rows = deposit.chargebacks.select_for_update().exclude(state=ChargebackState.REVERSED)
    return rows.order_by("-number").first()


def _owed(deposit: Deposit) -> Decimal:
    balances = player_balances(player_id=deposit.player_id, currency=deposit.credit_currency)
    return -balances.get(AccountKind.PLAYER_RECEIVABLE, ZERO)


def _freeze(deposit: Deposit, told: Told) -> None:
    """Close deposits, play and withdrawals until people have looked; each flag once."""
    standing = set(Flag.objects.filter(player_id=deposit.player_id, ends_at=None).values_list("kind", flat=True))
    for kind in FREEZE:
        if kind not in standing:
            flag_place(
                player_id=deposit.player_id, kind=kind, ends_at=None, reason=f"Chargeback of {deposit.reference}",
                actor="system:cashier", now=told.now,
            )  # fmt: skip


def _unfit(deposit: Deposit, what: str) -> Exception:
    """Not credited yet: the news of that is on its way. Anything else is for people."""
    if deposit.transaction_id is None and deposit.suspense_id is None:
        return NewsTooEarly(f"{what} of {deposit.reference}, which is {deposit.state}")
    if what == "a reversed chargeback" and deposit.state in NEXT:
        return NewsTooEarly(f"{what} of {deposit.reference}, which is {deposit.state}")
    return NewsPuzzling(f"{what} of {deposit.reference}, which is {deposit.state}")
