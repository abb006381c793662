"""What a payment costs by its terms. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from casino.routing.types import Fee
from common.currencies import Currency

HUNDRED: Final = Decimal(100)


def fee_of(fee: Fee, amount: Decimal, currency: Currency) -> Decimal:
    """The fee of a payment of `amount` (not negative), in its currency, never more than the amount.

    Rounded half-up to what can be paid in the currency (its ISO 4217 digits): a fee is a price, told before it is
    taken, and the amount told is the amount booked.
    """
    exact = amount * fee.percent / HUNDRED + fee.fixed
    return min(amount, exact.quantize(Decimal(1).scaleb(-currency.display_digits), rounding=ROUND_HALF_UP))
