"""What an amount is worth in the base currency at the rate of the moment, and how amounts are worded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.conf import settings

from common.currencies import CURRENCIES, currency_get
from common.money import ZERO, amount_text, base_amount
from compliance.approvals.errors import ProposalNotUnderstood
from wallet.errors import TemporarilyUnavailable
from wallet.selectors.fx_rates import RateInForce
from wallet.selectors.rates import units_per_base

MINUS: Final = "\u2212"


def rate_now(currency: str, now: datetime) -> RateInForce:
    """The rate in force. Raises ProposalNotUnderstood when there is none."""
    try:
        return units_per_base(currency, now)
    except TemporarilyUnavailable as none:
        raise ProposalNotUnderstood(f"No exchange rate of {currency} is known: load the rates first.") from none


def worth(amount: Decimal, currency: str, now: datetime) -> Decimal:
    """The amount in the base currency."""
    return base_amount(amount, rate_now(currency, now).units_per_base)


def worded(amount: Decimal, currency: str) -> str:
    """The exact amount with its currency, in groups of three: "−1,250.00 EUR"."""
    known = currency_get(currency)
    whole, point, digits = (amount_text(abs(amount), known) if known else format(abs(amount), "f")).partition(".")
    return f"{MINUS if amount < ZERO else ''}{int(whole):,}{point}{digits} {currency}"


def worded_base(amount: Decimal) -> str:
    """An amount of the base currency, rounded to its display digits."""
    digits = CURRENCIES[settings.BASE_CURRENCY].display_digits
    return worded(round(amount, digits), settings.BASE_CURRENCY)
