"""Cases in few words: October 2026, in EUR, one plan and one player unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from affiliates.engine.facts import Arrival, Balances, Case, Line, PlayerDay, PlayerFacts
from affiliates.engine.statement import statement_of
from affiliates.engine.terms import NetRevenue, Plan, RevenueShare, Step

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
D = Decimal


def flat(rate: str) -> RevenueShare:
    """A flat share of this fraction."""
    return RevenueShare(steps=(Step(D(0), D(rate)),))


def steps(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    """Steps out of pairs of start and value."""
    return tuple(Step(D(start), D(value)) for start, value in pairs)


def a_plan(code: str = "p", rate: str = "0.30", **terms: object) -> Plan:
    """A plan of version 1 with a flat share unless told otherwise."""
    return Plan(**{"code": code, "version": 1, "share": flat(rate), **terms})  # type: ignore[arg-type]


def played(net: str = "0", **amounts: str | date) -> PlayerDay:
    """A day on which the house won `net`, with whatever else is told."""
    words = {"player": "P1", "day": FIRST, "plan": "p/1", "brand": "A", "product": "casino", "currency": "EUR"}
    given = {key: value if key in {*words, "rate_source"} else D(str(value)) for key, value in amounts.items()}
    if D(net) >= 0:
        given.setdefault("stakes_real", D(net))
    else:
        given.setdefault("wins_real", -D(net))
    return PlayerDay(**{**words, **given})  # type: ignore[arg-type]


def case(days: Iterable[PlayerDay] = (), *, plans: Iterable[Plan] = (), **more: object) -> Case:
    """A case with everything known of its players that was not told: they registered long ago and deposited much."""
    rows = tuple(days)
    told = {one.player for one in more.get("players", ())}  # type: ignore[attr-defined]
    known = tuple(
        PlayerFacts(player=name, registered_on=date(2026, 1, 1), lifetime_deposits=D("1000000"))
        for name in sorted({one.player for one in rows} - told)
    )
    made = {
        "affiliate": "a",
        "first": FIRST,
        "last": LAST,
        "currency": "EUR",
        "plans": tuple(plans) or (a_plan(),),
    } | more
    return Case(**{**made, "days": rows, "players": (*more.get("players", ()), *known)})  # type: ignore[arg-type, misc]


def share(told: Case, kind: str = "revenue_share") -> Line:
    """The one line of a kind."""
    (line,) = [line for line in statement_of(told).lines if line.kind == kind]
    return line


def parts(line: Line) -> dict[str, Decimal]:
    """The bridge's steps by their name alone."""
    return {name.rpartition(": ")[2]: amount for name, amount in line.inputs}


def later(told: Case, balances: Balances, month: int, days: Iterable[PlayerDay]) -> Case:
    """The next month's case."""
    last = date(2026, month, 28)
    return replace(told, first=date(2026, month, 1), last=last, opening=balances, days=tuple(days))


def arrivals(count: int, plan: str = "p/1", **more: object) -> tuple[Arrival, ...]:
    """So many players, each with a first deposit of 100."""
    words = {"plan": plan, "day": FIRST, "amount": D(100)} | more
    return tuple(Arrival(player=f"P{number:03}", **words) for number in range(count))  # type: ignore[arg-type]


def revenue(**switches: object) -> NetRevenue:
    """The switches of the net revenue."""
    return NetRevenue(**switches)  # type: ignore[arg-type]
