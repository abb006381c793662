"""What a share of the net revenue comes to: flat, one tier for the whole, or a ladder of slices (AFF-07)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from affiliates.engine.numbers import ZERO
from affiliates.engine.terms import RevenueShare, Step


def step_at(steps: tuple[Step, ...], measure: Decimal) -> Step | None:
    """The highest step that the measure reaches; None below the first."""
    reached = [step for step in steps if step.start <= measure]
    return reached[-1] if reached else None


def share_of(terms: RevenueShare, base: Decimal, measure: Decimal) -> Decimal:
    """The share of a base, not rounded. A negative base gives a negative share, at the lowest rate."""
    if base <= ZERO:
        return base * terms.steps[0].value
    if terms.kind == "ladder":
        return _ladder(terms.steps, base)
    step = step_at(terms.steps, measure)
    return base * step.value if step else ZERO


def _ladder(steps: tuple[Step, ...], base: Decimal) -> Decimal:
    full = sum(
        ((above.start - below.start) * below.value for below, above in pairwise(steps) if above.start <= base), ZERO
    )
    last = step_at(steps, base)
    return full + (base - last.start) * last.value if last else ZERO


def rate_text(terms: RevenueShare, measure: Decimal) -> str:
    """The rate in the words of a statement: "30 %", "30 % (tier)", "25 %, 30 %, 40 % (ladder)"."""
    if terms.kind == "ladder":
        return ", ".join(_percent(step.value) for step in terms.steps) + " (ladder)"
    step = step_at(terms.steps, measure) or terms.steps[0]
    return _percent(step.value) + (" (tier)" if terms.kind == "tier" else "")


def _percent(rate: Decimal) -> str:
    return f"{format((rate * 100).normalize(), 'f')} %"
