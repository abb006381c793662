"""Players who won so much that their wins wait for their own later losses (affiliates.md §2.6, AFF-12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from affiliates.engine.facts import Quarantined
from affiliates.engine.numbers import ZERO, shared_out
from affiliates.engine.revenue import Bridge
from affiliates.engine.terms import Plan


def quarantine(plan: Plan, units: list[Bridge], before: Iterable[Quarantined], places: int) -> list[Quarantined]:
    """Move what high rollers won out of the bridges, and bring back what earlier ones lost since.

    Each bridge gets a part "quarantine"; returns what waits now. A player's later positive revenue fills up his own
    quarantine before it counts. New quarantine arises only where the product as a whole is negative, and never
    exceeds that.
    """
    waiting: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for one in before:
        waiting[one.product, one.player] += one.amount
    for unit in units:
        for player in sorted(unit.players):
            owed = -waiting[unit.product, player]
            used = min(max(ZERO, unit.players[player]), owed)
            if used > ZERO:
                waiting[unit.product, player] += used
                _shift(unit, player, -used)
    if plan.high_roller is not None:
        for product in sorted({unit.product for unit in units}):
            for player, amount in _new(
                plan.high_roller, [unit for unit in units if unit.product == product], places
            ).items():
                waiting[product, player] -= amount
    return [
        Quarantined(plan=plan.name, product=product, player=player, amount=amount)
        for (product, player), amount in sorted(waiting.items())
        if amount
    ]


def _new(threshold: Decimal, units: list[Bridge], places: int) -> dict[str, Decimal]:
    """What each high roller of one product takes into quarantine now; the bridges are relieved of it."""
    total = sum((unit.net for unit in units), ZERO)
    results: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for unit in units:
        for player, amount in unit.players.items():
            results[player] += amount
    rollers = {player: -amount for player, amount in results.items() if amount <= -threshold and amount < ZERO}
    if total >= ZERO or not rollers:
        return {}
    shares = shared_out(min(sum(rollers.values(), ZERO), -total), rollers, places)
    for player, amount in shares.items():
        left = amount
        for unit in sorted(units, key=lambda one: one.players.get(player, ZERO)):
            part = min(left, max(ZERO, -unit.players.get(player, ZERO)))
            if part:
                _shift(unit, player, part)
                left -= part
    return shares


def _shift(unit: Bridge, player: str, amount: Decimal) -> None:
    unit.players[player] += amount
    unit.parts["quarantine"] = unit.parts.get("quarantine", ZERO) + amount
