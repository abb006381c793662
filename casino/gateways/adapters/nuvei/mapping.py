"""What Nuvei's DMNs and its answers to our questions mean, in our words. Pure (compliance.md §5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from casino.gateways.adapters.nuvei.events import EVENTS, action_of
from casino.gateways.adapters.nuvei.instruments import instrument_of
from casino.gateways.adapters.wire import currency_of, decimal_of, goes_out, moment_of, ours, reference_of, told
from casino.gateways.enums import NewsKind
from casino.gateways.types import News, RawMessage

OUR_REFERENCE = ("merchant_unique_id", "clientUniqueId", "client_unique_id", "clientRequestId")
MAX_FIELDS = 500


def fields_of(message: RawMessage) -> dict[str, str]:
    """The parameters of a DMN, by POST or GET. Raises ValueError for what is no form, and for a name told twice with
    two values: one of them would be signed and the other believed."""
    text = message.body.decode("utf-8") if message.body.strip() else message.query
    pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    fields: dict[str, str] = {}
    for name, value in pairs:
        if fields.setdefault(name, value) != value:
            raise ValueError("a parameter is told twice")
    if not fields:
        raise ValueError("no parameters")
    return fields


def news_of_dmn(fields: Mapping[str, str]) -> News:
    """The fact. Its key is made of what the checksum covers, as far as a fact has one transaction: a DMN that is told
    again with another reference counts once. Raises ValueError."""
    page, status = reference_of(fields.get("PPP_TransactionID")), told(fields.get("Status"), 30).upper()
    number = reference_of(fields.get("TransactionID", ""))
    reference = _ours(fields)
    if not page or not status:
        raise ValueError("PPP_TransactionID or Status is missing")
    kind_told = told(fields.get("transactionType"), 40)
    action = action_of(kind_told, out=goes_out(reference))
    kind = EVENTS.get((action, status), NewsKind.UNKNOWN)
    if kind is NewsKind.DEPOSIT_CONFIRMED and fields.get("ppp_status", "OK").upper() not in {"OK", "SUCCESS", ""}:
        kind = NewsKind.UNKNOWN
    amount, currency = _amount(fields.get("totalAmount"), fields.get("currency"), kind)
    return News(
        kind=kind,
        key=f"{page}:{action}:{status}" + (f":{number}" if action != "paid" else ""),
        reference=reference,
        gateway_reference=number or page,
        amount=amount,
        currency=currency,
        occurred_at=moment_of(fields.get("responseTimeStamp")),
        instrument=instrument_of(fields),
        code=told(fields.get("ErrCode") or fields.get("ReasonCode"), 40) or f"{kind_told or action}:{status}",
        text=told(fields.get("Reason") or fields.get("message")),
    )


def news_of_details(answer: Mapping[str, Any], reference: str) -> News:
    """What getPaymentStatus, getTransactionDetails or getPayoutStatus answered about our order. Raises ValueError."""
    nested = answer.get("transactionDetails")
    details: Mapping[str, Any] = {**answer, **nested} if isinstance(nested, dict) else answer
    number = reference_of(details.get("transactionId") or "")
    status = told(details.get("transactionStatus"), 30).upper()
    if not number or not status or ours(details.get("clientUniqueId") or reference) != reference:
        raise ValueError("not an answer about this order")
    action = action_of(told(details.get("transactionType"), 40), out=goes_out(reference))
    kind = EVENTS.get((action, status), NewsKind.UNKNOWN)
    told_amount = details.get("processedAmount") or details.get("amount")
    amount, currency = _amount(told_amount, details.get("processedCurrency") or details.get("currency"), kind)
    return News(
        kind=kind,
        key=f"{number}:{action}:{status}",
        reference=reference,
        gateway_reference=number,
        amount=amount,
        currency=currency,
        occurred_at=moment_of(details.get("date")),
        code=told(details.get("gwErrorCode"), 20) or status,
        text=told(details.get("gwErrorReason")),
    )


def _ours(fields: Mapping[str, str]) -> str:
    return next((found for name in OUR_REFERENCE if (found := ours(fields.get(name)))), "")


def _amount(amount: object, currency: object, kind: NewsKind) -> tuple[Decimal | None, str]:
    """The amount; none where an event that moves no money has none that can be read."""
    try:
        value, code = decimal_of(amount), currency_of(currency)
        if value < 0:
            raise ValueError("an amount is negative")
    except ValueError:
        if kind in {NewsKind.NOTED, NewsKind.UNKNOWN}:
            return None, ""
        raise
    return value, code
