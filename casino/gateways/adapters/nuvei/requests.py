"""What we ask of Nuvei, as its REST API 1.0 wants it written, and what each call's checksum covers. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from casino.gateways.adapters.wire import currency_of, minor_from
from casino.gateways.types import Order
from common.currencies import CURRENCIES

_SIGNED_IN: Final = ("merchantId", "merchantSiteId")
_PLAIN: Final = (*_SIGNED_IN, "clientRequestId", "amount", "currency", "timeStamp")
# Per call: the values under the checksum, in order; the secret follows. getPaymentStatus has none: its session is one.
CHECKSUMS: Final[dict[str, tuple[str, ...]]] = {
    "openOrder": _PLAIN,
    "payment": _PLAIN,
    "payout": _PLAIN,
    "refundTransaction": (
        *_SIGNED_IN, "clientRequestId", "clientUniqueId", "amount", "currency", "relatedTransactionId", "authCode",
        "comment", "urlDetails", "timeStamp",
    ),
    "getTransactionDetails": (*_SIGNED_IN, "transactionId", "clientUniqueId", "timeStamp"),
    "getPayoutStatus": (*_SIGNED_IN, "clientRequestId", "timeStamp"),
}  # fmt: skip


def covered(call: str, body: dict[str, Any]) -> list[str]:
    """The values that a call's checksum covers, as they are sent; of urlDetails its notificationUrl."""
    values = []
    for name in CHECKSUMS[call]:
        value = body.get(name, "")
        values.append(str(value.get("notificationUrl", "") if isinstance(value, dict) else value))
    return values


def amount_sent(amount: Decimal, currency: str) -> str:
    """Major units with the currency's own decimals. Raises ValueError for finer parts: nothing is rounded."""
    digits = CURRENCIES[currency_of(currency)].display_digits
    if amount <= 0:
        raise ValueError("the amount is not positive")
    return f"{Decimal(minor_from(amount, digits)).scaleb(-digits):.{digits}f}"


def order_body(order: Order) -> dict[str, Any]:
    """openOrder, and the ground of payment. Raises ValueError."""
    payer = order.payer
    person = {
        "firstName": payer.first_name, "lastName": payer.last_name, "email": payer.email, "country": payer.country,
    }  # fmt: skip
    return {
        "clientRequestId": order.reference,
        "clientUniqueId": order.reference,
        "amount": amount_sent(order.amount, order.currency),
        "currency": order.currency,
        "userTokenId": payer.reference,
        "transactionType": "Sale",
        "userDetails": person,
        "billingAddress": person,
        "deviceDetails": {"ipAddress": payer.address},
        "urlDetails": {
            "notificationUrl": order.notify_url, "successUrl": order.return_url, "failureUrl": order.return_url,
            "pendingUrl": order.return_url,
        },
    }  # fmt: skip


def payment_body(order: Order, session: str) -> dict[str, Any]:
    """payment by an alternative method (`apmgw_…`): the player goes on at the method's own page. Raises ValueError."""
    method = {"alternativePaymentMethod": {"paymentMethod": order.method}}
    return {**order_body(order), "sessionToken": session, "paymentOption": method}


def payout_body(order: Order) -> dict[str, Any]:
    """payout to a stored user payment option. Raises ValueError without one."""
    if order.instrument is None or not order.instrument.token:
        raise ValueError("a payout without a stored instrument")
    return {
        "clientRequestId": order.reference,
        "clientUniqueId": order.reference,
        "amount": amount_sent(order.amount, order.currency),
        "currency": order.currency,
        "userTokenId": order.payer.reference,
        "userPaymentOption": {"userPaymentOptionId": order.instrument.token},
        "deviceDetails": {"ipAddress": order.payer.address},
        "urlDetails": {"notificationUrl": order.notify_url},
    }


def refund_body(order: Order) -> dict[str, Any]:
    """refundTransaction of the payment `original`. Raises ValueError without one."""
    if not order.original:
        raise ValueError("a refund without the payment that it takes back")
    return {
        "clientRequestId": order.reference,
        "clientUniqueId": order.reference,
        "amount": amount_sent(order.amount, order.currency),
        "currency": order.currency,
        "relatedTransactionId": order.original,
        "authCode": "",
        "comment": "",
        "urlDetails": {"notificationUrl": order.notify_url},
    }
