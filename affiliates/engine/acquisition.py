"""Amounts for players brought: leads, first deposits, qualified ones, progressions, milestones, and taking back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from affiliates.engine.errors import StatementRefused
from affiliates.engine.facts import Arrival, Line, Reversal
from affiliates.engine.numbers import ZERO, to_minor
from affiliates.engine.shares import step_at
from affiliates.engine.terms import Acquisition, Plan

NAMES = {"lead": "leads", "first_deposit": "first deposits"}


def acquisition_lines(plan: Plan, arrivals: Iterable[Arrival], places: int) -> list[Line]:
    """One line for the players paid for, one for each milestone; those not counted stand in it with their reason.

    Raises StatementRefused where a player arrives twice for the same payment.
    """
    if plan.acquisition is None:
        return []
    mine = sorted((one for one in arrivals if one.plan == plan.name), key=lambda one: (one.day, one.player))
    lines = []
    for milestone in sorted({one.milestone for one in mine}):
        here = [one for one in mine if one.milestone == milestone]
        if twice := [player for player, count in Counter(one.player for one in here).items() if count > 1]:
            raise StatementRefused(f"The player {min(twice)} arrives twice for the same payment of {plan.name}.")
        lines.append(_line(plan, plan.acquisition, milestone, here, places))
    return lines


def _line(plan: Plan, terms: Acquisition, milestone: int, arrivals: list[Arrival], places: int) -> Line:
    paid: list[Arrival] = []
    refused: Counter[str] = Counter()
    for one in arrivals:
        if reason := _refused(terms, one, len(paid)):
            refused[reason] += 1
        else:
            paid.append(one)
    amount = _amount(plan, terms, milestone, paid)
    named = (
        f"milestone {milestone}" if milestone else "qualified first deposits" if terms.baseline else NAMES[terms.counts]
    )
    inputs = [("arrived", Decimal(len(arrivals))), ("paid", Decimal(len(paid)))]
    inputs += [(f"not counted: {reason}", Decimal(count)) for reason, count in sorted(refused.items())]
    inputs += [
        (f"country {country}", Decimal(count))
        for country, count in sorted(Counter(one.country for one in paid).items())
        if country
    ]
    return Line(
        kind="acquisition", plan=plan.name, about=named, base=Decimal(len(paid)), amount=to_minor(amount, places),
        inputs=tuple(inputs), reference=str(milestone) if milestone else "",
    )  # fmt: skip


def _refused(terms: Acquisition, one: Arrival, paid: int) -> str:
    if one.refused:
        return one.refused
    if terms.counts == "first_deposit" and not one.milestone and one.amount < terms.minimum_deposit:
        return "below the minimum deposit"
    return "over the cap" if terms.cap and not one.milestone and paid >= terms.cap else ""


def _amount(plan: Plan, terms: Acquisition, milestone: int, paid: list[Arrival]) -> Decimal:
    if milestone:
        if milestone > len(terms.milestones):
            raise StatementRefused(f"{plan.name} has no milestone {milestone}.")
        return terms.milestones[milestone - 1][1] * len(paid)
    if terms.steps:
        return _progressive(terms, len(paid))
    table = dict(terms.countries)
    return sum((table.get(one.country, terms.amount) for one in paid), ZERO)


def _progressive(terms: Acquisition, count: int) -> Decimal:
    """AFF-20: each player at the amount of his place, or all at the amount that the last one reached."""
    reached = step_at(terms.steps, Decimal(count))
    if reached is None:
        return ZERO
    if terms.progression == "retroactive":
        return reached.value * count
    full = sum(
        ((above.start - below.start) * below.value for below, above in pairwise(terms.steps) if above.start <= count),
        ZERO,
    )
    return full + (count - reached.start + 1) * reached.value


def reversal_lines(plan: Plan, reversals: Iterable[Reversal], places: int) -> list[Line]:
    """What is taken back, with the line that paid it (AFF-17); outside of the window a line of zero says so."""
    terms = plan.acquisition
    lines = []
    for one in sorted(
        (one for one in reversals if one.plan == plan.name), key=lambda one: (one.day, one.player, one.line)
    ):
        window = timedelta(days=terms.clawback_days if terms else 0)
        due = one.day <= one.paid_on + window
        inputs = (("window in days", Decimal(window.days)), ("days since", Decimal((one.day - one.paid_on).days)))
        about = one.cause if due else f"{one.cause}: after the window, stays paid"
        amount = to_minor(-one.paid if due else ZERO, places)
        lines.append(
            Line(
                kind="reversal",
                plan=plan.name,
                about=about,
                base=one.paid,
                amount=amount,
                inputs=inputs,
                reference=one.line,
            )
        )
    return lines
