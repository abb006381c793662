"""What gateways say about deposits, refunds and chargebacks: counted once, in whatever order it comes (PAY-03, 04).

docs/cashier.md tells what each fact does in each state.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from casino.cashier.enums import DepositState
from casino.cashier.errors import NewsTooEarly
from casino.cashier.locks import deposit_lock, refund_lock
from casino.cashier.models import Deposit
from casino.cashier.selectors.meant import deposit_meant, refund_meant
from casino.cashier.services.asking import amount_asked
from casino.cashier.services.chargebacks import chargeback_take, chargeback_undo, dispute_announced
from casino.cashier.services.credits import money_in
from casino.cashier.services.endings import deposit_end, deposit_reverse
from casino.cashier.services.instruments import instrument_keep
from casino.cashier.services.refunds import refund_failed, refund_paid
from casino.cashier.services.steps import Told, deposit_note, deposit_step, told_by
from casino.cashier.states import ENDED, OPEN
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.errors import NewsPuzzling
from casino.gateways.services.news import TOLD_BEFORE, key_of, news_counts
from casino.gateways.types import News
from wallet.locks import busy_when_locked

K = NewsKind
ENDS: Final = {
    K.DEPOSIT_DECLINED: DepositState.DECLINED,
    K.DEPOSIT_EXPIRED: DepositState.EXPIRED,
    K.DEPOSIT_CANCELLED: DepositState.CANCELLED,
}
REFUNDS: Final = frozenset({K.REFUND_DONE, K.REFUND_FAILED})
OURS: Final = (
    frozenset(ENDS)
    | REFUNDS
    | {K.DEPOSIT_PENDING, K.DEPOSIT_AUTHORISED, K.DEPOSIT_CONFIRMED, K.DEPOSIT_REVERSED, K.DISPUTE_OPENED, K.CHARGEBACK,
       K.CHARGEBACK_REVERSED}
)  # fmt: skip


class _Repeated(Exception):  # noqa: N818 - rolls this telling back: another was quicker
    pass


def deposit_news(gateway: str, news: News, message_id: int, now: datetime) -> str:
    """The handler that the cashier registers (casino.gateways.registry): one line of what was done, "" if not ours.

    Raises NewsPuzzling for people: an unknown reference, another amount or currency, money twice. Raises NewsTooEarly
    for news about what has not been told yet, to be tried again.
    """
    if news.kind is K.INSTRUMENT_STORED:
        return _stored(gateway, news, now)
    if news.kind not in OURS:
        return ""
    deposit = deposit_meant(gateway, news)
    if deposit is None:
        raise NewsPuzzling(f"no deposit of ours: {news.reference or news.gateway_reference or 'no reference'}")
    if news.kind is K.DEPOSIT_CONFIRMED and news.amount is None:
        news = amount_asked(deposit, gateway, news, now)
    _compare(deposit, news)
    told = told_by(gateway, key_of(news), message_id, now)
    try:
        return _count(deposit.pk, gateway, news, told)
    except _Repeated:
        return TOLD_BEFORE


@busy_when_locked()
@transaction.atomic
def _count(deposit_id: int, gateway: str, news: News, told: Told) -> str:
    deposit = deposit_lock(deposit_id)
    if deposit.steps.filter(gateway=gateway, news_key=told.news_key).exists():
        return TOLD_BEFORE
    done = _refund(deposit, news, told) if news.kind in REFUNDS else _ACTS[news.kind](deposit, news, told)
    if not news_counts(gateway=gateway, news=news, message_id=told.message_id, note=done, now=told.now):
        raise _Repeated
    return done


def _compare(deposit: Deposit, news: News) -> None:
    """Amount and currency against our own record (PAY-04). A chargeback may be of a part. Raises NewsPuzzling."""
    if news.amount is None:
        return
    whole = news.kind not in (K.CHARGEBACK, K.CHARGEBACK_REVERSED, K.DISPUTE_OPENED)
    fits = news.amount == deposit.amount if whole else 0 < news.amount <= deposit.amount
    if not fits or news.currency != deposit.currency:
        raise NewsPuzzling(
            f"{deposit.reference} is of {deposit.amount.normalize():f} {deposit.currency}, told are"
            f" {news.amount.normalize():f} {news.currency or 'no currency'}"
        )


def _pending(deposit: Deposit, _news: News, told: Told) -> str:
    if deposit.state == DepositState.CREATED:
        return deposit_step(deposit, DepositState.PENDING, "Under way at the gateway", told)
    return deposit_note(deposit, "Under way, told again", told)


def _authorised(deposit: Deposit, news: News, told: Told) -> str:
    if deposit.state not in (DepositState.CREATED, DepositState.PENDING):
        return deposit_note(deposit, "Authorised, told late: changes nothing", told)
    fields = _arrived_at(deposit, news, told)
    return deposit_step(deposit, DepositState.AUTHORISED, "Authorised by the gateway", told, fields=fields)


def _confirmed(deposit: Deposit, news: News, told: Told) -> str:
    if not deposit.tries.filter(gateway=told.gateway).exists():
        raise NewsPuzzling(f"{deposit.reference} was never sent to this gateway")
    if deposit.state in OPEN | ENDED:
        return money_in(deposit, told, news.gateway_reference, news.instrument)
    same = not news.gateway_reference or news.gateway_reference == deposit.gateway_reference
    if deposit.gateway == told.gateway and same:
        return deposit_note(deposit, "Confirmed, told again: changes nothing", told)
    raise NewsPuzzling(
        f"{deposit.reference} has its money from {deposit.gateway} ({deposit.gateway_reference}) and is confirmed once"
        f" more ({news.gateway_reference or 'no reference'}): the player may have paid twice"
    )


def _ended(deposit: Deposit, news: News, told: Told) -> str:
    word = ENDS[news.kind].label.lower()
    if deposit.state not in OPEN:
        return deposit_note(deposit, f"Said to be {word}, but is {deposit.state}: changes nothing", told)
    last = deposit.tries.order_by("-number").first()
    if last is None or last.gateway != told.gateway:
        return deposit_note(deposit, f"Said to be {word} at {told.gateway}, and is under way elsewhere", told)
    if last.standing == "":
        return deposit_note(deposit, f"Said to be {word} while we ask for it: our answer decides", told)
    if last.standing == Standing.DECLINED:
        return deposit_note(deposit, f"Said to be {word} at {told.gateway}, as we know", told)
    note = f"{ENDS[news.kind].label} by the gateway: {news.text or news.code or 'no reason told'}"
    return deposit_end(deposit, ENDS[news.kind], news.code or word, note, told)


def _reversed(deposit: Deposit, _news: News, told: Told) -> str:
    return deposit_reverse(deposit, told)


def _refund(deposit: Deposit, news: News, told: Told) -> str:
    found = refund_meant(deposit, news)
    if found is None:
        if deposit.transaction_id is None and deposit.suspense_id is None:
            raise NewsTooEarly(f"a refund of {deposit.reference}, which is {deposit.state}")
        raise NewsPuzzling(f"a refund of {deposit.reference} that we never asked for")
    refund = refund_lock(found.pk)
    if news.kind is K.REFUND_DONE:
        return refund_paid(refund, told)
    return refund_failed(refund, news.text or news.code or "no reason told", told)


def _stored(gateway: str, news: News, now: datetime) -> str:
    deposit = deposit_meant(gateway, news)
    if deposit is None or news.instrument is None:
        return ""
    with transaction.atomic():
        locked = deposit_lock(deposit.pk)
        kept = instrument_keep(player_id=locked.player_id, gateway=gateway, told=news.instrument, used=False, now=now)
    return f"Means of payment kept: {kept}" if kept else "A means of payment without anything to know it by"


def _arrived_at(deposit: Deposit, news: News, told: Told) -> list[str]:
    deposit.gateway, fields = told.gateway, ["gateway"]
    if news.gateway_reference:
        deposit.gateway_reference = news.gateway_reference
        fields.append("gateway_reference")
    return fields


_ACTS: Final[dict[NewsKind, Callable[[Deposit, News, Told], str]]] = {
    K.DEPOSIT_PENDING: _pending,
    K.DEPOSIT_AUTHORISED: _authorised,
    K.DEPOSIT_CONFIRMED: _confirmed,
    K.DEPOSIT_DECLINED: _ended,
    K.DEPOSIT_EXPIRED: _ended,
    K.DEPOSIT_CANCELLED: _ended,
    K.DEPOSIT_REVERSED: _reversed,
    K.DISPUTE_OPENED: dispute_announced,
    K.CHARGEBACK: chargeback_take,
    K.CHARGEBACK_REVERSED: chargeback_undo,
}
