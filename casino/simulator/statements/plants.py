"""Errors put into a statement on demand, each of a kind that real statements have; what was done is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from casino.simulator.statements.books import Booked

Rows = list[Booked]


@dataclass(frozen=True, slots=True)
class Planted:
    """An error, and the transaction that it is about."""

    kind: str
    transaction_id: str


def invented(rows: Rows, at: int) -> str:
    """A win that was never called."""
    rows.append(replace(rows[at], kind="win", transaction_id=f"{rows[at].transaction_id}-lost", amount=Decimal(7)))
    return rows[-1].transaction_id


def forgotten(rows: Rows, at: int) -> str:
    """A transaction left out."""
    return rows.pop(at).transaction_id


def miscounted(rows: Rows, at: int) -> str:
    """Another amount."""
    rows[at] = replace(rows[at], amount=rows[at].amount + Decimal("0.5"))
    return rows[at].transaction_id


def undone(rows: Rows, at: int) -> str:
    """A rollback that was never called."""
    one = rows[at]
    rows.append(replace(one, kind="rollback", transaction_id=f"{one.transaction_id}-back", original=one.transaction_id))
    return one.transaction_id


def relabelled(rows: Rows, at: int) -> str:
    """Another currency."""
    rows[at] = replace(rows[at], currency="USD" if rows[at].currency != "USD" else "EUR")
    return rows[at].transaction_id


def told_twice(rows: Rows, at: int) -> str:
    """The same line again."""
    rows.append(rows[at])
    return rows[at].transaction_id


def belated(rows: Rows, at: int) -> str:
    """A time of three hours before."""
    rows[at] = replace(rows[at], at=rows[at].at - timedelta(hours=3))
    return rows[at].transaction_id


def over_midnight(rows: Rows, at: int) -> str:
    """A time just before the day ended that followed upon it."""
    begin = datetime.combine(rows[at].at.date(), time.min, UTC)
    rows[at] = replace(rows[at], at=begin - timedelta(seconds=2))
    return rows[at].transaction_id


# The words of an order, by the kind of break that each is to become.
PLANTS: Final[dict[str, Callable[[Rows, int], str]]] = {
    "missing_ours": invented, "missing_theirs": forgotten, "amount": miscounted, "status": undone,
    "currency": relabelled, "duplicate": told_twice, "late": belated, "day_boundary": over_midnight,
}  # fmt: skip


def planted(rows: Rows, orders: dict[str, int]) -> tuple[Rows, list[Planted]]:
    """The rows with as many errors of each kind as were ordered, each in a bet of its own while there are enough."""
    made, done = list(rows), []
    free = [one.transaction_id for one in rows if one.kind == "bet"]
    for kind, number in sorted(orders.items()):
        for _ in range(min(number, len(free))):
            name = free.pop(0)
            at = next(place for place, one in enumerate(made) if one.transaction_id == name)
            done.append(Planted(kind, PLANTS[kind](made, at)))
    return made, done
