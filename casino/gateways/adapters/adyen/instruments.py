"""The means of payment as Adyen's additionalData tells it: token, last four, scheme, expiry, holder. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from casino.gateways.adapters.wire import digest_of, told
from casino.gateways.enums import InstrumentKind
from casino.gateways.types import Instrument

WALLETS: Final = frozenset({"paypal", "skrill", "neteller", "applepay", "googlepay", "paywithgoogle", "swish", "vipps"})
BANKS: Final = (
    "ideal",
    "sepadirectdebit",
    "trustly",
    "directEbanking",
    "bankTransfer",
    "paybybank",
    "onlineBanking",
    "ach",
)
VOUCHERS: Final = frozenset({"paysafecard", "neosurf"})
_EXPIRY: Final = re.compile(r"(\d{1,2})/(\d{2}|\d{4})", re.ASCII)


def instrument_of(data: Mapping[str, Any], method: str, contract: str = "") -> Instrument | None:
    """The instrument, or None where the message tells none. `contract` is the token that RECURRING_CONTRACT names."""
    summary = told(data.get("cardSummary"), 4)
    stored = data.get("tokenization.storedPaymentMethodId") or data.get("recurring.recurringDetailReference")
    token = contract or told(stored, 100)
    iban = told(data.get("iban") or data.get("bankAccount.iban"), 40)
    alias = told(data.get("alias"), 100)
    wallet = told(data.get("paypalEmail") or data.get("paypalPayerId"), 100)
    if not (summary or token or iban or alias or wallet):
        return None
    return Instrument(
        kind=_kind(method, card=bool(summary), bank=bool(iban)),
        token=token,
        fingerprint=alias or digest_of(iban or wallet),
        scheme=told(data.get("paymentMethodVariant"), 30) or method,
        last_four=summary if re.fullmatch(r"[0-9]{4}", summary, re.ASCII) else iban[-4:],
        expires=expiry_of(data.get("expiryDate")),
        owner_name=told(data.get("cardHolderName") or data.get("ownerName") or data.get("bankAccount.ownerName"), 120),
        funding=told(data.get("fundingSource"), 20).lower(),
        country=told(data.get("cardIssuingCountry") or data.get("issuerCountry"), 2),
    )


def expiry_of(value: object) -> date | None:
    """The last day of "6/2027" or "06/27"; None for another form."""
    match = _EXPIRY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    month, year = int(match.group(1)), int(match.group(2))
    year += 2000 if year < 100 else 0
    if not 1 <= month <= 12 or not 2000 <= year <= 2100:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _kind(method: str, *, card: bool, bank: bool) -> InstrumentKind:
    if method in WALLETS:
        return InstrumentKind.E_WALLET
    if method in VOUCHERS:
        return InstrumentKind.VOUCHER
    if bank or (method.startswith(BANKS) and not card):
        return InstrumentKind.BANK_ACCOUNT
    return InstrumentKind.CARD
