"""What we ask of Trustly, as its API wants it written: amounts with exactly two decimals, all values text. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casino.gateways.adapters.wire import locale_of, minor_from
from casino.gateways.types import Order


def amount_sent(amount: Decimal) -> str:
    """Exactly two decimals. Raises ValueError for an amount that is finer or not positive: nothing is rounded."""
    if amount <= 0:
        raise ValueError("the amount is not positive")
    return f"{Decimal(minor_from(amount, 2)).scaleb(-2):.2f}"


def deposit_data(order: Order) -> dict[str, Any]:
    """Data of Deposit. Raises ValueError."""
    payer = order.payer
    attributes = {
        "Amount": amount_sent(order.amount),
        "Currency": order.currency,
        "Country": payer.country,
        "Locale": locale_of(payer, "_"),
        "Firstname": payer.first_name,
        "Lastname": payer.last_name,
        "Email": payer.email,
        "IP": payer.address,
        "SuccessURL": order.return_url,
        "FailURL": order.return_url,
    }
    if payer.birth_date:
        attributes["DateOfBirth"] = payer.birth_date.isoformat()
    if order.statement:
        attributes["ShopperStatement"] = order.statement
    if order.instrument and order.instrument.token:
        attributes["AccountID"] = order.instrument.token
    return {
        "NotificationURL": order.notify_url,
        "EndUserID": payer.reference,
        "MessageID": order.reference,
        "Attributes": attributes,
    }


def payout_data(order: Order) -> dict[str, Any]:
    """Data of AccountPayout: money to an account that Trustly told of before. Raises ValueError without one."""
    if order.instrument is None or not order.instrument.token:
        raise ValueError("a payout without a stored account")
    return {
        "NotificationURL": order.notify_url,
        "AccountID": order.instrument.token,
        "EndUserID": order.payer.reference,
        "MessageID": order.reference,
        "Amount": amount_sent(order.amount),
        "Currency": order.currency,
        "Attributes": {"ShopperStatement": order.statement},
    }


def refund_data(order: Order) -> dict[str, Any]:
    """Data of Refund, of the deposit's OrderID. Raises ValueError without one."""
    if not order.original:
        raise ValueError("a refund without the order that it takes back")
    return {
        "OrderID": order.original,
        "Amount": amount_sent(order.amount),
        "Currency": order.currency,
        "Attributes": {"ExternalReference": order.reference},
    }


def ledger_data(currency: str, first: date, last: date) -> dict[str, Any]:
    """Data of AccountLedger, both days included."""
    return {"FromDate": first.isoformat(), "ToDate": last.isoformat(), "Currency": currency}
