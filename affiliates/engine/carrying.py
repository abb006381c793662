"""Negative results and what they are set off against (affiliates.md §2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from affiliates.engine.facts import Carried
from affiliates.engine.numbers import ZERO
from affiliates.engine.terms import Carry


def set_off(
    terms: Carry, result: Decimal, carried: Iterable[Carried], *, plan: str, bundle: str
) -> tuple[Decimal, list[Carried]]:
    """What is left of a result after earlier negative ones, the oldest first, and what is carried on.

    A negative result leaves nothing and is carried itself. What was offered to as many statements as the plan allows
    is forgotten: the house bears it.
    """
    if terms.mode == "none":
        return max(ZERO, result), []
    left, still = result, []
    for old in sorted(carried, key=lambda one: (-one.age, one.amount)):
        used = min(max(ZERO, left), -old.amount)
        left -= used
        if old.amount + used:
            still.append(replace(old, amount=old.amount + used, age=old.age + 1))
    if left < ZERO:
        still.append(Carried(plan=plan, bundle=bundle, amount=left))
    kept = [one for one in still if not terms.periods or one.age < terms.periods]
    return max(ZERO, left), kept
