"""The sandbox gateway's words in ours. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from casino.gateways.adapters.wire import (
    currency_of,
    decimal_of,
    json_object,
    moment_of,
    ours,
    part_of,
    reference_of,
    told,
    unsure,
)
from casino.gateways.enums import InstrumentKind, NewsKind, Standing
from casino.gateways.types import Instrument, News, Order, Reply

STANDINGS: Final = {
    "redirect": Standing.REDIRECT,
    "pending": Standing.PENDING,
    "authorised": Standing.AUTHORISED,
    "confirmed": Standing.DONE,
    "paid": Standing.DONE,
    "refunded": Standing.DONE,
    "declined": Standing.DECLINED,
    "cancelled": Standing.DECLINED,
    "expired": Standing.DECLINED,
    "failed": Standing.DECLINED,
}
KINDS: Final = {
    "payment.pending": NewsKind.DEPOSIT_PENDING,
    "payment.authorised": NewsKind.DEPOSIT_AUTHORISED,
    "payment.confirmed": NewsKind.DEPOSIT_CONFIRMED,
    "payment.declined": NewsKind.DEPOSIT_DECLINED,
    "payment.expired": NewsKind.DEPOSIT_EXPIRED,
    "payment.cancelled": NewsKind.DEPOSIT_CANCELLED,
    "payment.reversed": NewsKind.DEPOSIT_REVERSED,
    "refund.done": NewsKind.REFUND_DONE,
    "refund.failed": NewsKind.REFUND_FAILED,
    "dispute.opened": NewsKind.DISPUTE_OPENED,
    "chargeback": NewsKind.CHARGEBACK,
    "chargeback.reversed": NewsKind.CHARGEBACK_REVERSED,
    "payout.pending": NewsKind.PAYOUT_PENDING,
    "payout.confirmed": NewsKind.PAYOUT_CONFIRMED,
    "payout.declined": NewsKind.PAYOUT_DECLINED,
    "payout.expired": NewsKind.PAYOUT_EXPIRED,
    "payout.returned": NewsKind.PAYOUT_RETURNED,
    "settlement.ready": NewsKind.REPORT_READY,
}


def order_told(order: Order) -> dict[str, Any]:
    """An order in the gateway's form; the amount travels as plain decimal text."""
    payer = order.payer
    return {
        "reference": order.reference,
        "amount": f"{order.amount:f}",
        "currency": order.currency,
        "method": order.method,
        "payer": {
            "reference": payer.reference,
            "first_name": payer.first_name,
            "last_name": payer.last_name,
            "country": payer.country,
        },
        "instrument": order.instrument.token if order.instrument else "",
        "original": order.original,
        "return_url": order.return_url,
        "notify_url": order.notify_url,
    }


def reply_of(payment: Mapping[str, Any]) -> Reply:
    """The gateway's answer to an order; a state that we do not know is UNKNOWN."""
    try:
        standing = STANDINGS[told(payment.get("state"))]
        reference = reference_of(payment.get("id"))
        instrument = instrument_of(payment.get("instrument"))
    except (KeyError, ValueError):
        return unsure("unreadable")
    address = told(payment.get("redirect_url"), 500)
    return Reply(
        standing=standing,
        reference=reference,
        client={"redirect_url": address} if standing is Standing.REDIRECT else {},
        code=told(payment.get("code")),
        instrument=instrument,
    )


def news_from(body: bytes) -> News:
    """The fact of a message. Raises ValueError."""
    return event_news(json_object(body))


def event_news(event: Mapping[str, Any]) -> News:
    """One event of a message or of an answer: the same key either way. Raises ValueError."""
    name, data = told(event.get("event")), part_of(event, "data")
    key = reference_of(event.get("event_id"))
    if not key:
        raise ValueError("an event has no number")
    kind = KINDS.get(name, NewsKind.UNKNOWN)
    money = data.get("amount") is not None and kind is not NewsKind.REPORT_READY
    return News(
        kind=kind,
        key=key,
        reference=ours(data.get("reference")),
        gateway_reference=reference_of(data.get("id")),
        amount=decimal_of(data.get("amount")) if money else None,
        currency=currency_of(data.get("currency")) if money else "",
        occurred_at=moment_of(event.get("occurred_at")),
        instrument=instrument_of(data.get("instrument")),
        code=told(data.get("code")) or ("" if kind is not NewsKind.UNKNOWN else name),
        text=reference_of(data.get("id")) if kind is NewsKind.REPORT_READY else "",
    )


def instrument_of(given: object) -> Instrument | None:
    """A means of payment as it is told; None where none is. Raises ValueError for a kind that we do not know."""
    if not isinstance(given, dict):
        return None
    return Instrument(
        kind=InstrumentKind(told(given.get("kind"))),
        token=told(given.get("token")),
        fingerprint=told(given.get("fingerprint")),
        scheme=told(given.get("scheme")),
        last_four=told(given.get("last_four"), 4),
        expires=_month_end(told(given.get("expires"))),
        owner_name=told(given.get("owner_name")),
        country=told(given.get("country"), 2),
    )


def _month_end(text: str) -> date | None:
    year, _, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), monthrange(int(year), int(month))[1])
