"""Turnover, fixed fees, prizes, and the parts of sub-affiliates' commission."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from affiliates.engine.facts import Case, Line, SubCommission
from affiliates.engine.numbers import EXACT, ZERO, to_minor
from affiliates.engine.shares import rate_text, share_of
from affiliates.engine.terms import Plan, RevenueShare, Step


def turnover_lines(plan: Plan, case: Case) -> list[Line]:
    """A part of the stakes, by product with its weight."""
    if plan.turnover is None:
        return []
    weights = dict(plan.turnover.weights)
    sums: dict[str, Decimal] = {}
    for day in case.days:
        if day.plan == plan.name:
            stakes = day.stakes_real + (day.stakes_bonus if plan.turnover.money == "all" else ZERO)
            sums[day.product] = sums.get(day.product, ZERO) + stakes * day.rate
    if not sums:
        return []
    base = sum((amount * weights.get(product, Decimal(1)) for product, amount in sums.items()), ZERO)
    flat = RevenueShare(steps=(Step(ZERO, plan.turnover.rate),))
    return [
        Line(
            kind="turnover", plan=plan.name, about="stakes", base=base, rate=rate_text(flat, base),
            amount=to_minor(share_of(flat, base, base), case.places), inputs=tuple(sorted(sums.items())),
        )
    ]  # fmt: skip


def fixed_lines(plan: Plan, case: Case) -> list[Line]:
    """The monthly amount, by the day from the plan's start to its end."""
    if not plan.monthly:
        return []
    first, last = max(case.first, plan.since or case.first), min(case.last, plan.until or case.last)
    share = sum(
        (EXACT.divide(Decimal(1), Decimal(monthrange(day.year, day.month)[1])) for day in _days(first, last)), ZERO
    )
    days = max(0, (last - first).days + 1)
    if not days:
        return []
    whole = (
        first.day == 1
        and last.day == monthrange(last.year, last.month)[1]
        and first.replace(day=1) == last.replace(day=1)
    )
    amount = plan.monthly if whole else plan.monthly * share
    return [
        Line(
            kind="fixed", plan=plan.name, about=f"{first} to {last}", base=plan.monthly,
            amount=to_minor(amount, case.places), inputs=(("days", Decimal(days)),),
        )
    ]  # fmt: skip


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def prize_lines(plan: Plan, case: Case, reached: Decimal) -> list[Line]:
    """The prize, once, in the period in which everything reached so far meets the target in time."""
    prize = plan.prize
    if prize is None or plan.name in case.opening.prizes or reached < prize.target or case.first > prize.until:
        return []
    return [
        Line(
            kind="prize", plan=plan.name, about=f"{prize.metric} reached {prize.target}", base=reached,
            amount=to_minor(prize.amount, case.places), inputs=(("target", prize.target),),
        )
    ]  # fmt: skip


def sub_lines(plan: Plan, subs: Iterable[SubCommission], places: int) -> list[Line]:
    """A part of what sub-affiliates earned, to the depth of the plan; nothing of a negative commission (AFF-23)."""
    lines = []
    for sub in sorted((one for one in subs if one.plan == plan.name), key=lambda one: (one.level, one.affiliate)):
        if sub.level > len(plan.levels):
            continue
        flat = RevenueShare(steps=(Step(ZERO, plan.levels[sub.level - 1]),))
        base = max(ZERO, sub.commission)
        lines.append(
            Line(
                kind="sub_affiliate", plan=plan.name, about=f"{sub.affiliate}, level {sub.level}", base=base,
                rate=rate_text(flat, base), amount=to_minor(share_of(flat, base, base), places),
                inputs=(("commission", sub.commission),),
            )
        )  # fmt: skip
    return lines
