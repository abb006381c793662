"""The lines of a revenue share: bundles, carry-over, quarantine and advances, one rounding for each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from affiliates.engine.carrying import set_off
from affiliates.engine.facts import Arrival, Carried, Case, Line, PlayerFacts, Quarantined
from affiliates.engine.high_rollers import quarantine
from affiliates.engine.numbers import ZERO, to_minor
from affiliates.engine.revenue import Bridge, Sums, bridges
from affiliates.engine.shares import rate_text, share_of
from affiliates.engine.terms import Plan, RevenueShare


@dataclass(slots=True)
class Shared:
    """The lines, and what goes on to the next statement."""

    lines: list[Line]
    carried: list[Carried]
    quarantined: list[Quarantined]


@dataclass(slots=True)
class _Bundle:
    name: str
    result: Decimal
    measure: Decimal
    inputs: tuple[tuple[str, Decimal], ...]


def share_lines(plan: Plan, share: RevenueShare, case: Case, known: dict[str, PlayerFacts], room: Sums) -> Shared:
    """The revenue share of a plan's period."""
    units = bridges(plan, case.days, known, room)
    waiting = quarantine(plan, units, [one for one in case.opening.quarantined if one.plan == plan.name], case.places)
    groups = _grouped(plan, units, case)
    lines, kept = [], []
    positive: list[_Bundle] = []
    for group in groups:
        before = [one for one in case.opening.carried if (one.plan, one.bundle) == (plan.name, group.name)]
        if plan.carry.mode == "commission":
            earned = to_minor(share_of(share, group.result, group.measure), case.places)
            amount, after = set_off(plan.carry, earned, before, plan=plan.name, bundle=group.name)
            base = group.result
        else:
            base, after = set_off(plan.carry, group.result, before, plan=plan.name, bundle=group.name)
            moved = base - max(ZERO, group.result)
            measure = group.measure + moved if share.metric == "ngr" else group.measure
            amount = to_minor(share_of(share, base, measure), case.places)
            group = _Bundle(group.name, base, measure, group.inputs)
        kept += after
        if plan.bundle == "positives":
            positive.append(_Bundle(group.name, base, group.measure, group.inputs))
        else:
            lines.append(_line(plan, share, group, base, amount, before))
    if plan.bundle == "positives":
        lines = _together(plan, share, positive, case.places)
    return Shared(lines, kept, waiting)


def _grouped(plan: Plan, units: list[Bridge], case: Case) -> list[_Bundle]:
    def key(unit: Bridge) -> str:
        return {"programme": "", "brand": unit.brand, "product": unit.product, "positives": unit.brand}[plan.bundle]

    named: dict[str, list[Bridge]] = defaultdict(list)
    for one in case.opening.carried:  # a bundle without play still shows what it carries
        if one.plan == plan.name:
            named[one.bundle] = []
    for unit in units:
        named[key(unit)].append(unit)
    return [_bundle(plan, name, named[name], case.arrivals) for name in sorted(named)]


def _bundle(plan: Plan, name: str, units: list[Bridge], arrivals: Iterable[Arrival]) -> _Bundle:
    result = sum((unit.net for unit in units), ZERO)
    measure = {
        "ngr": result,
        "deposits": sum((unit.deposits for unit in units), ZERO),
        "first_deposits": Decimal(
            sum(1 for one in arrivals if one.plan == plan.name and not one.milestone and not one.refused)
        ),
    }[plan.share.metric if plan.share else "ngr"]
    inputs = [
        (f"{unit.brand} · {unit.product}: {part}", amount)
        for unit in units
        for part, amount in unit.parts.items()
        if amount
    ]
    return _Bundle(name, result, measure, tuple(inputs))


def _line(
    plan: Plan, share: RevenueShare, group: _Bundle, base: Decimal, amount: Decimal, before: list[Carried]
) -> Line:
    carried = sum((one.amount for one in before), ZERO)
    inputs = group.inputs + ((("carried in", carried),) if carried else ())
    return Line(
        kind="revenue_share", plan=plan.name, about=group.name, base=base, amount=amount,
        rate=rate_text(share, group.measure), inputs=inputs,
    )  # fmt: skip


def _together(plan: Plan, share: RevenueShare, groups: list[_Bundle], places: int) -> list[Line]:
    """The positive brands as one line; the negative ones stay where they are."""
    if not groups:
        return []
    base = sum((group.result for group in groups), ZERO)
    measure = base if share.metric == "ngr" else sum((group.measure for group in groups), ZERO)
    whole = _Bundle("", base, measure, tuple(one for group in groups for one in group.inputs))
    return [_line(plan, share, whole, base, to_minor(share_of(share, base, measure), places), [])]


def advance_line(plan: Plan, earned: Decimal, owed: Decimal) -> tuple[list[Line], Decimal]:
    """An advance is earned back out of the share before the share is paid; what is left waits for the next month.

    `owed` is what was advanced and not earned back. Returns the line, if any, and what is still owed.
    """
    used = min(max(ZERO, earned), owed)
    if not used:
        return [], owed
    line = Line(
        kind="advance_set_off", plan=plan.name, about="advances earned back", base=owed, amount=-used,
        inputs=(("share earned", earned), ("advanced", owed)),
    )  # fmt: skip
    return [line], owed - used
