"""Exact arithmetic: full precision inside, one rounding for each line of a statement (affiliates.md §2.14)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

EXACT: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
ZERO: Final = Decimal(0)


def to_minor(amount: Decimal, places: int) -> Decimal:
    """Half-even to the minor unit of the statement's currency: the one rounding of a line."""
    return amount.quantize(Decimal(1).scaleb(-places), context=EXACT)


def shared_out(amount: Decimal, weights: dict[str, Decimal], places: int) -> dict[str, Decimal]:
    """Split an amount by weights into parts of the minor unit that sum to it exactly.

    What rounding leaves goes to the largest weight, to the first name among equals: never to whoever comes first.
    """
    whole = sum(weights.values(), ZERO)
    parts = {name: to_minor(EXACT.divide(amount * weight, whole), places) for name, weight in weights.items()}
    largest = min(weights, key=lambda name: (-weights[name], name))
    parts[largest] += amount - sum(parts.values(), ZERO)
    return parts
