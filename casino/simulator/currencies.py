"""The currencies that the simulated players use, and exact amounts as the contract writes them."""

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

# Any rounding in the books would hide a difference, so it raises instead.
EXACT = Context(prec=60, traps=[Inexact])
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency with its display digits and the smallest stake (``unit``) that players place in it."""

    code: str
    digits: int
    unit: Decimal


CURRENCIES: tuple[Currency, ...] = (
    Currency("EUR", 2, Decimal("0.20")),
    Currency("USD", 2, Decimal("0.25")),
    Currency("GBP", 2, Decimal("0.20")),
    Currency("JPY", 0, Decimal("100")),
    Currency("SEK", 2, Decimal("2.00")),
)


def amount_text(amount: Decimal, currency: Currency) -> str:
    """Write an amount as a plain decimal: at least the display digits, more only where the amount has them."""
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent < currency.digits:
        amount = amount.quantize(Decimal(1).scaleb(-currency.digits))
    return f"{amount:f}"


def amount_grouped(amount: Decimal) -> str:
    """Write an amount for people, with thousands marks and no digit lost."""
    return f"{amount:,f}"


def whole_display(amount: Decimal, currency: Currency) -> Decimal:
    """The largest amount in display digits that is not above ``amount``; both positive."""
    scale = Decimal(1).scaleb(-currency.digits)
    return (amount // scale) * scale
