"""What Adyen's webhooks mean, in our words. Pure (Adyen's webhook specification v1; compliance.md §5.4).

Deposits are captured at once (docs/gateways/adyen.md says where that is set): an authorisation is confirmed money.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from casino.gateways.adapters.adyen.events import EVENTS, REFUND_CODES
from casino.gateways.adapters.adyen.instruments import instrument_of
from casino.gateways.adapters.wire import (
    currency_of,
    json_object,
    minor_from,
    moment_of,
    ours,
    part_of,
    reference_of,
    told,
)  # fmt: skip
from casino.gateways.enums import NewsKind
from casino.gateways.types import News
from common.currencies import CURRENCIES

# Adyen counts these otherwise than ISO 4217 does (docs.adyen.com, currency codes, "differs from standard").
DIGITS: Final = {"CLP": 2, "CVE": 0, "IDR": 0, "ISK": 2}


def digits_of(currency: str) -> int:
    """How many decimals Adyen's minor units of a currency have. Raises ValueError for an unknown one."""
    return DIGITS.get(currency, CURRENCIES[currency_of(currency)].display_digits)


def amount_told(amount: Mapping[str, Any]) -> tuple[Decimal, str]:
    """Amount and currency out of Adyen's `{"value", "currency"}`. Raises ValueError."""
    value, currency = amount.get("value"), currency_of(amount.get("currency"))
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**18:
        raise ValueError("the value of an amount is not in minor units")
    return Decimal(value).scaleb(-digits_of(currency)), currency


def amount_sent(amount: Decimal, currency: str) -> dict[str, Any]:
    """Adyen's form of an amount. Raises ValueError when it has finer parts than Adyen's minor unit."""
    return {"value": minor_from(amount, digits_of(currency)), "currency": currency}


def items_of(raw: bytes) -> list[dict[str, Any]]:
    """Every item of a message. Raises ValueError for another form, and for a message without any."""
    wrapped = json_object(raw).get("notificationItems")
    if not isinstance(wrapped, list) or not wrapped:
        raise ValueError("notificationItems is missing, empty or no list")
    items = []
    for one in wrapped:
        if not isinstance(one, dict):
            raise ValueError("an item is no object")
        # Adyen's own examples write it both ways.
        items.append(part_of(one, "NotificationRequestItem" if "NotificationRequestItem" in one
                             else "notificationRequestItem"))  # fmt: skip
    return items


def news_of_item(item: Mapping[str, Any]) -> News:
    """The fact of one item. Raises ValueError for an item without name, event or readable amount."""
    psp, event = reference_of(item.get("pspReference")), told(item.get("eventCode"), 60)
    success = _truth(item.get("success"))
    if not psp or not event:
        raise ValueError("an item without pspReference or eventCode")
    kind = EVENTS.get((event, success), NewsKind.UNKNOWN)
    original = reference_of(item.get("originalReference") or "")
    amount, currency = _amount(item, kind)
    extra = item.get("additionalData")
    data = extra if isinstance(extra, dict) else {}
    if event == "CANCEL_OR_REFUND" and success and data.get("modification.action") == "refund":
        kind = NewsKind.REFUND_DONE
    return News(
        kind=kind,
        key=f"{psp}:{event}:{'true' if success else 'false'}",
        reference=ours(item.get("merchantReference")),
        gateway_reference=psp if event in REFUND_CODES or not original else original,
        amount=amount,
        currency=currency,
        occurred_at=moment_of(item.get("eventDate")),
        instrument=instrument_of(
            data, told(item.get("paymentMethod"), 30), psp if kind is NewsKind.INSTRUMENT_STORED else ""
        ),
        code=_code(event, kind, data),
        text=told(item.get("reason")),
    )


def _amount(item: Mapping[str, Any], kind: NewsKind) -> tuple[Decimal | None, str]:
    """The amount; none where Adyen sends a zero as filling or an event that moves no money has none at all."""
    moves = kind not in {NewsKind.NOTED, NewsKind.UNKNOWN, NewsKind.REPORT_READY, NewsKind.INSTRUMENT_STORED}
    try:
        amount, currency = amount_told(part_of(item, "amount"))
    except ValueError:
        if moves:
            raise
        return None, ""
    return (amount, currency) if amount else (None, currency)


def _truth(value: object) -> bool:
    if value in ("true", "false") or isinstance(value, bool):
        return value in ("true", True)
    raise ValueError("success is neither true nor false")


def _code(event: str, kind: NewsKind, data: Mapping[str, Any]) -> str:
    """Adyen's word for the event and, where money was refused, the bank's own reason behind it."""
    bank = told(data.get("refusalReasonRaw") or data.get("chargebackReasonCode"), 60)
    return f"{event}: {bank}" if bank and kind not in {NewsKind.NOTED, NewsKind.DEPOSIT_CONFIRMED} else event
