"""Exact amounts: reading them from the wire, writing them back, converting them once.

Nothing here rounds except `base_amount`, `base_share` and `converted`, which state their rule. No framework here.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, DefaultContext, getcontext
from typing import Final

from common.currencies import Currency

# Fifteen integer digits are a thousand trillion: more than any stake or win, and no sum of them can overflow
# the ledger's numeric(38, 18).
MAX_INTEGER_DIGITS: Final = 15
_PLAIN_DECIMAL: Final = re.compile(rf"(0|[1-9][0-9]{{0,{MAX_INTEGER_DIGITS - 1}}})(?:\.([0-9]{{1,18}}))?", re.ASCII)
_EXACT: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
ZERO: Final = Decimal(0)
# A balance of numeric(38, 18) has more digits than the 28 to which Python's default context rounds every plain
# `+` and `-`. For this thread, and for every one that starts later.
DefaultContext.prec = getcontext().prec = _EXACT.prec


class AmountError(ValueError):
    """The text is not an amount that the currency's ledger can keep exactly."""


def amount_parse(text: str, currency: Currency) -> Decimal:
    """Read a plain decimal (wallet-api-v1 §3): no sign, exponent, leading zeros or thousands mark.

    Raises AmountError with one sentence that says what is wrong. Never rounds.
    """
    match = _PLAIN_DECIMAL.fullmatch(text)
    if match is None:
        raise AmountError(f"is not a plain decimal with at most {MAX_INTEGER_DIGITS} integer digits")
    digits = match.group(2)
    if digits is not None and len(digits) > currency.ledger_scale:
        raise AmountError(f"has more than the {currency.ledger_scale} decimals kept for {currency.code}")
    return Decimal(text)


def amount_text(amount: Decimal, currency: Currency) -> str:
    """The exact amount as text, without trailing zeros beyond the currency's display digits: "10.00", "10.005"."""
    whole, _, digits = format(amount, "f").partition(".")
    digits = digits.rstrip("0")
    if len(digits) < currency.display_digits:
        digits = digits.ljust(currency.display_digits, "0")
    return f"{whole}.{digits}" if digits else whole


def decimal_text(amount: Decimal) -> str:
    """An exact amount as canonical text: "-10.5", "0". The same as PostgreSQL's trim_scale(amount)::text."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def base_amount(amount: Decimal, units_per_base: Decimal) -> Decimal:
    """Convert an amount to the base currency at `units_per_base` (ECB form: 1 EUR = 1.0705 USD).

    The one rounding of the ledger: half-even to 8 decimals, the base currency's scale (docs/ledger.md).
    """
    return _EXACT.divide(amount, units_per_base).quantize(Decimal("1e-8"), context=_EXACT)


def base_share(base: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The part of a booked base amount that belongs to `part` of its `whole` (not zero); half-even to 8 decimals."""
    return _EXACT.divide(_EXACT.multiply(base, part), whole).quantize(Decimal("1e-8"), context=_EXACT)


def converted(amount: Decimal, units_from: Decimal, units_to: Decimal, scale: int) -> Decimal:
    """Convert between two currencies quoted against the same base, half-even to `scale` decimals."""
    value = _EXACT.divide(_EXACT.multiply(amount, units_to), units_from)
    return value.quantize(Decimal(1).scaleb(-scale), context=_EXACT)


def allocated(amount: Decimal, weights: list[Decimal], scale: int) -> list[Decimal]:
    """Split an amount by weights into parts that sum to it exactly; what rounding leaves goes to the first part.

    With all weights zero, everything goes to the first part. `amount` is not negative.
    """
    total = sum(weights, ZERO)
    if total == ZERO:
        return [amount, *([ZERO] * (len(weights) - 1))]
    unit = Decimal(1).scaleb(-scale)
    rest = [
        _EXACT.divide(_EXACT.multiply(amount, weight), total).quantize(unit, rounding="ROUND_DOWN", context=_EXACT)
        for weight in weights[1:]
    ]
    return [amount - sum(rest, ZERO), *rest]
