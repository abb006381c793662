"""A whole statement out of its case: `statement_of` is the one definition of what an affiliate earned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, localcontext

from affiliates.engine.acquisition import acquisition_lines, reversal_lines
from affiliates.engine.errors import StatementRefused
from affiliates.engine.facts import Balances, Carried, Case, Line, PlayerFacts, Quarantined, Statement
from affiliates.engine.numbers import EXACT, ZERO, to_minor
from affiliates.engine.other_lines import fixed_lines, prize_lines, sub_lines, turnover_lines
from affiliates.engine.revenue import Sums, bridges
from affiliates.engine.share_lines import advance_line, share_lines
from affiliates.engine.terms import Plan


def statement_of(case: Case) -> Statement:
    """Reckon a statement. Raises StatementRefused where the case contradicts itself.

    The order of the rows never matters: everything is summed exactly, and walked in an order of its own.
    """
    with localcontext(EXACT):
        _checked(case)
        return _reckoned(case)


def _checked(case: Case) -> None:
    names = Counter(plan.name for plan in case.plans)
    if twice := [name for name, count in names.items() if count > 1]:
        raise StatementRefused(f"The plan {min(twice)} stands in the statement twice.")
    opening = case.opening
    used = {
        one.plan
        for rows in (case.days, case.arrivals, case.reversals, case.subs, opening.carried, opening.quarantined)
        for one in rows
    }
    used |= {name for name, _ in (*opening.advances, *opening.progress)}
    if unknown := used - names.keys():
        raise StatementRefused(f"There are facts for the plan {min(unknown)}, whose terms are missing.")
    known = {one.player for one in case.players}
    if strangers := {one.player for one in case.days} - known:
        raise StatementRefused(f"Nothing is known of the player {min(strangers)} but his play.")
    if outside := [one.day for one in case.days if not case.first <= one.day <= case.last]:
        raise StatementRefused(f"{min(outside)} lies outside of {case.first} to {case.last}.")


def _reckoned(case: Case) -> Statement:
    known = {one.player: one for one in case.players}
    room: Sums = {}
    lines: list[Line] = []
    carried: list[Carried] = []
    quarantined: list[Quarantined] = []
    advances: list[tuple[str, Decimal]] = []
    progress: list[tuple[str, Decimal]] = []
    prizes = list(case.opening.prizes)
    for plan in sorted(case.plans, key=lambda one: (one.code, one.version)):
        acquired = acquisition_lines(plan, case.arrivals, case.places) + reversal_lines(
            plan, case.reversals, case.places
        )
        shares: list[Line] = []
        if plan.share is not None:
            shared = share_lines(plan, plan.share, case, known, room)
            shares, carried, quarantined = shared.lines, carried + shared.carried, quarantined + shared.quarantined
        lines += acquired + shares
        if plan.acquisition and plan.acquisition.advance:
            owed = dict(case.opening.advances).get(plan.name, ZERO) + _sum(acquired)
            set_off, left = advance_line(plan, _sum(shares), max(ZERO, owed))
            lines += set_off
            advances += [(plan.name, left)] if left else []
        lines += turnover_lines(plan, case) + fixed_lines(plan, case)
        if plan.prize is not None:
            reached = dict(case.opening.progress).get(plan.name, ZERO) + _measure(plan, case, known)
            won = prize_lines(plan, case, reached)
            lines += won
            prizes += [plan.name] if won else []
            progress.append((plan.name, reached))
        lines += sub_lines(plan, case.subs, case.places)
    lines += _adjusted(case)
    return _closed(case, tuple(lines), Balances(
        carried=tuple(carried), quarantined=tuple(quarantined), advances=tuple(advances), progress=tuple(progress),
        prizes=tuple(prizes),
    ))  # fmt: skip


def _measure(plan: Plan, case: Case, known: dict[str, PlayerFacts]) -> Decimal:
    """What counts towards a prize in this period."""
    assert plan.prize is not None
    if plan.prize.metric == "first_deposits":
        return Decimal(
            sum(1 for one in case.arrivals if one.plan == plan.name and not one.milestone and not one.refused)
        )
    units = bridges(plan, [day for day in case.days if day.day <= plan.prize.until], known, {})
    return sum((unit.deposits if plan.prize.metric == "deposits" else unit.net for unit in units), ZERO)


def _adjusted(case: Case) -> list[Line]:
    return [
        Line(
            kind="adjustment", plan="", about=one.reason, base=one.amount, amount=to_minor(one.amount, case.places),
            reference=one.line or one.reference, inputs=((one.reference, one.amount),),
        )
        for one in sorted(case.adjustments, key=lambda one: (one.reference, one.line, one.amount))
    ]  # fmt: skip


def _closed(case: Case, lines: tuple[Line, ...], balances: Balances) -> Statement:
    """What is to be paid: everything earned and not paid yet, from the minimum on (AFF-32)."""
    total = _sum(lines)
    due = case.opening.held + case.opening.debt + total
    payable = due if due > ZERO and due >= case.minimum else ZERO
    left = due - payable
    return Statement(
        lines=lines, total=total, payable=payable,
        closing=Balances(
            carried=balances.carried, quarantined=balances.quarantined, advances=balances.advances,
            progress=balances.progress, prizes=balances.prizes, held=max(ZERO, left), debt=min(ZERO, left),
        ),
    )  # fmt: skip


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)
