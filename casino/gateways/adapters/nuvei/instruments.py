"""The means of payment as a DMN tells it. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from casino.gateways.adapters.wire import told
from casino.gateways.enums import InstrumentKind
from casino.gateways.types import Instrument

CARD_METHODS = frozenset({"cc_card", "card", ""})


def instrument_of(fields: Mapping[str, str]) -> Instrument | None:
    """The instrument, named by its user payment option; None where the message tells none."""
    token, last_four = told(fields.get("userPaymentOptionId"), 100), _last_four(fields)
    method = told(fields.get("payment_method") or fields.get("paymentMethod"), 60)
    if not token and not last_four:
        return None
    card = method in CARD_METHODS or bool(last_four)
    return Instrument(
        kind=InstrumentKind.CARD if card else InstrumentKind.E_WALLET,
        token=token,
        fingerprint=told(fields.get("uniqueCC"), 100),
        scheme=told(fields.get("cardCompany"), 30).lower() or method,
        last_four=last_four,
        expires=expiry_of(fields.get("expMonth", ""), fields.get("expYear", "")),
        owner_name=told(fields.get("nameOnCard"), 120),
        country=told(fields.get("issuerCountry") or fields.get("countryCode"), 2),
        funding=told(fields.get("cardType"), 20).lower(),
    )


def expiry_of(month: str, year: str) -> date | None:
    """The last day of a card's month; None for another form."""
    if not re.fullmatch(r"\d{1,2}", month, re.ASCII) or not re.fullmatch(r"(\d{2}|20\d{2})", year, re.ASCII):
        return None
    full = int(year) + (2000 if len(year) == 2 else 0)
    return date(full, int(month), calendar.monthrange(full, int(month))[1]) if 1 <= int(month) <= 12 else None


def _last_four(fields: Mapping[str, str]) -> str:
    """Of `last4Digits`, or of a number that Nuvei has masked: "4****1111". A number in full is not looked at."""
    plain, masked = fields.get("last4Digits", ""), fields.get("cardNumber", "")
    if re.fullmatch(r"[0-9]{4}", plain, re.ASCII):
        return plain
    match = re.fullmatch(r"[0-9]{0,8}[*xX]{2,}([0-9]{4})", masked, re.ASCII)
    return match.group(1) if match else ""
