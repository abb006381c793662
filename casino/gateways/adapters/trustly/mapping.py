"""What Trustly's notifications mean, in our words. Pure (JSON-RPC 1.1; compliance.md §5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casino.gateways.adapters.trustly.events import EVENTS, MONEY
from casino.gateways.adapters.trustly.instruments import instrument_of
from casino.gateways.adapters.wire import (
    currency_of,
    decimal_of,
    goes_out,
    json_object,
    moment_of,
    ours,
    part_of,
    reference_of,
    told,
)
from casino.gateways.enums import NewsKind
from casino.gateways.types import News


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification as it came: `data` with its numbers spelt as they were."""

    method: str
    uuid: str
    signature: object
    data: dict[str, Any]


def notification_of(raw: bytes) -> Notification:
    """The parts of a notification. Raises ValueError for another form."""
    whole = json_object(raw, spelt=True)
    params = part_of(whole, "params")
    method, uuid = whole.get("method"), params.get("uuid")
    if not isinstance(method, str) or not isinstance(uuid, str) or not method or not uuid:
        raise ValueError("method or uuid is missing")
    return Notification(method=method, uuid=uuid, signature=params.get("signature"), data=part_of(params, "data"))


def news_of_notification(notification: Notification) -> News:
    """The fact, once per notificationid. Raises ValueError for one without an order or, of money, an amount."""
    data, method = notification.data, told(notification.method, 60)
    number, order = reference_of(data.get("notificationid")), reference_of(data.get("orderid"))
    if not number or not order:
        raise ValueError("notificationid or orderid is empty")
    reference = ours(data.get("messageid"))
    kind = EVENTS.get((notification.method, goes_out(reference)), NewsKind.UNKNOWN)
    amount, currency = _amount(data, needed=notification.method in MONEY)
    return News(
        kind=kind,
        key=number,
        reference=reference,
        gateway_reference=order,
        amount=amount,
        currency=currency,
        occurred_at=moment_of(data.get("timestamp")),
        instrument=instrument_of(data),
        code=method,
    )


def news_of_ledger(row: Mapping[str, Any], reference: str) -> News:
    """A row of AccountLedger: money that came is a deposit, money that went a payout on its way. Raises ValueError."""
    amount, order = decimal_of(row.get("amount")), reference_of(row.get("orderid"))
    kind = NewsKind.PAYOUT_PENDING if goes_out(reference) else NewsKind.DEPOSIT_CONFIRMED
    if (amount > 0) is goes_out(reference) or not order:
        raise ValueError("a row of another kind")
    return News(
        kind=kind,
        key=f"ledger:{order}",
        reference=reference,
        gateway_reference=order,
        amount=abs(amount),
        currency=currency_of(row.get("currency")),
        occurred_at=moment_of(row.get("datestamp")),
        code="ledger",
        text=told(row.get("transactiontype")),
    )


def news_of_withdrawal(row: Mapping[str, Any], reference: str) -> News:
    """A row of GetWithdrawals. Trustly allows no conclusion from `transferstate` (it changes without notice): the
    payout is there, its state is told for people, its end comes as a notification. Raises ValueError."""
    order = reference_of(row.get("orderid"))
    state = told(row.get("transferstate"), 40)
    return News(
        kind=NewsKind.PAYOUT_PENDING,
        key=f"withdrawal:{order}:{state}",
        reference=reference,
        gateway_reference=order,
        amount=decimal_of(row.get("amount")),
        currency=currency_of(row.get("currency")),
        code=state,
    )


def _amount(data: Mapping[str, Any], *, needed: bool) -> tuple[Decimal | None, str]:
    if data.get("amount") is None and not needed:
        return None, ""
    amount = decimal_of(data.get("amount"))
    if amount < 0:
        raise ValueError("an amount is negative")
    return amount, currency_of(data.get("currency"))
