"""What we ask of Adyen, as its API wants it written (Checkout v71, Payout v68). Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from casino.gateways.adapters.adyen.mapping import amount_sent
from casino.gateways.adapters.wire import locale_of
from casino.gateways.types import Credentials, Order


def session_request(order: Order, credentials: Credentials) -> dict[str, Any]:
    """A session for one deposit, captured at once. Raises LookupError without a merchant account, ValueError for an
    amount finer than Adyen's minor unit."""
    payer = order.payer
    asked: dict[str, Any] = {
        "merchantAccount": credentials.secrets["merchant_account"],
        "amount": amount_sent(order.amount, order.currency),
        "reference": order.reference,
        "returnUrl": order.return_url,
        "countryCode": payer.country,
        "shopperLocale": locale_of(payer, "-"),
        "shopperReference": payer.reference,
        "shopperEmail": payer.email,
        "shopperName": {"firstName": payer.first_name, "lastName": payer.last_name},
        "shopperInteraction": "Ecommerce",
        "channel": "Web",
        "captureDelayHours": 0,
        "storePaymentMethodMode": "enabled",
        "recurringProcessingModel": "CardOnFile",
    }
    if order.method:
        asked["allowedPaymentMethods"] = [order.method]
    if payer.birth_date:
        asked["dateOfBirth"] = payer.birth_date.isoformat()
    if order.statement:
        asked["shopperStatement"] = order.statement
    return asked


def refund_request(order: Order, credentials: Credentials) -> dict[str, Any]:
    """A refund; the payment stands in the path. Raises LookupError, ValueError."""
    if not order.original:
        raise ValueError("a refund without the payment that it takes back")
    return {
        "merchantAccount": credentials.secrets["merchant_account"],
        "amount": amount_sent(order.amount, order.currency),
        "reference": order.reference,
    }


def payout_request(order: Order, credentials: Credentials) -> dict[str, Any]:
    """A payout to a stored instrument. Raises LookupError, ValueError for an order without one."""
    payer, instrument = order.payer, order.instrument
    if instrument is None or not instrument.token:
        raise ValueError("a payout without a stored instrument")
    asked: dict[str, Any] = {
        "merchantAccount": credentials.secrets["merchant_account"],
        "amount": amount_sent(order.amount, order.currency),
        "reference": order.reference,
        "recurring": {"contract": "PAYOUT"},
        "selectedRecurringDetailReference": instrument.token,
        "shopperReference": payer.reference,
        "shopperEmail": payer.email,
        "shopperName": {"firstName": payer.first_name, "lastName": payer.last_name},
        "entityType": "NaturalPerson",
        "nationality": payer.country,
    }
    if payer.birth_date:
        asked["dateOfBirth"] = payer.birth_date.isoformat()
    return asked


def confirm_request(submitted: str, credentials: Credentials) -> dict[str, Any]:
    """The reviewer's yes to a payout that was submitted."""
    return {"merchantAccount": credentials.secrets["merchant_account"], "originalReference": submitted}


def path_part(reference: str) -> str:
    """A reference as a part of an address: the library puts it in as it is."""
    return quote(reference, safe="")
