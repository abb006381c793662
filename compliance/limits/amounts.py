"""Which amounts a limit can have. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from common.currencies import CURRENCIES
from compliance.limits.enums import LimitKind, LimitPeriod
from compliance.limits.errors import LimitAmountRefused, LimitKindUnknown, LimitPeriodRefused

DAY_MINUTES: Final = 24 * 60
# A day of 25 hours does not make a limit of 24 wrong, and no limit is longer than its period.
MOST_MINUTES: Final = {
    LimitPeriod.DAY: DAY_MINUTES,
    LimitPeriod.WEEK: 7 * DAY_MINUTES,
    LimitPeriod.MONTH: 31 * DAY_MINUTES,
}
MOST_AMOUNT: Final = Decimal(10) ** 12


def period_check(kind: str, period: str, offered: tuple[str, ...]) -> None:
    """A single stake has no period, everything else one that is offered.

    Raises LimitKindUnknown, LimitPeriodRefused.
    """
    if kind not in LimitKind.values:
        raise LimitKindUnknown
    if (kind == LimitKind.STAKE) != (period == LimitPeriod.NONE):
        raise LimitPeriodRefused(kind=kind, period=period)
    if period and period not in offered:
        raise LimitPeriodRefused(kind=kind, period=period, offered=", ".join(offered))


def amount_check(kind: str, period: str, amount: Decimal, currency: str) -> None:
    """A plain amount of the currency, or whole minutes of the period; zero means none at all.

    Raises LimitAmountRefused.
    """
    if not amount.is_finite() or amount < 0:
        raise LimitAmountRefused(problem="is below zero or no number")
    if kind == LimitKind.SESSION_TIME:
        if amount != amount.to_integral_value():
            raise LimitAmountRefused(problem="is not in whole minutes")
        if amount > MOST_MINUTES[LimitPeriod(period)]:
            raise LimitAmountRefused(problem="is longer than the period")
        return
    digits = CURRENCIES[currency].display_digits
    if amount != amount.quantize(Decimal(1).scaleb(-digits)):
        raise LimitAmountRefused(problem=f"has more than {digits} decimals")
    if amount > MOST_AMOUNT:
        raise LimitAmountRefused(problem="is larger than any limit")
