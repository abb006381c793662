"""What a provider's contract makes of a month's basis. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.money import ZERO

Tier = tuple[Decimal, Decimal]  # from this basis on, this percentage: of what lies above it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTerms:
    """A contract as it holds on a day. `basis` is the code of a definition; percentages as 12.5, amounts in `currency`.

    Each tier's percentage is for the part of the basis above its bound. `carries_over`: a negative basis is set off
    against later months.
    """

    provider_id: int
    version: int
    valid_from: date
    basis: str
    percentage: Decimal
    tiers: Sequence[Tier] = ()
    minimum: Decimal = ZERO
    currency: str = ""
    carries_over: bool = False


@dataclass(frozen=True, slots=True)
class FeeDue:
    """A month's fee, and what of a negative basis goes on to the next month (zero or below)."""

    fee: Decimal
    carried: Decimal


def fee_due(terms: FeeTerms, *, basis: Decimal, carried: Decimal = ZERO) -> FeeDue:
    """The fee of one month with `basis`, after `carried` (zero or below) from the months before. Never below zero."""
    charged = basis + carried
    if charged <= ZERO:
        return FeeDue(terms.minimum, charged if terms.carries_over else ZERO)
    bounds: list[Tier] = [(ZERO, terms.percentage), *sorted(terms.tiers)]
    fee = ZERO
    for number, (bound, percentage) in enumerate(bounds):
        above = bounds[number + 1][0] if number + 1 < len(bounds) else None
        part = min(charged, above) - bound if above is not None else charged - bound
        fee += max(part, ZERO) * percentage / 100
    return FeeDue(max(fee, terms.minimum), ZERO)
