"""Facts of any days, made anew out of the ledger, with the figures that reading on had given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from reporting.facts.errors import RebuildRefused
from reporting.facts.locks import reader_lock
from reporting.facts.services import money
from reporting.facts.services.play import play_add, play_settle
from reporting.facts.services.rates import rates_fix
from reporting.facts.types import Touched

TABLES: Final = ("facts_play", "facts_game", "facts_waiting", "facts_late", "facts_money")
_DELETE: Final = """
    DELETE FROM {table} WHERE (%(first)s::date IS NULL OR posted_day >= %(first)s)
        AND (%(last)s::date IS NULL OR posted_day <= %(last)s) AND (%(brand)s::bigint IS NULL OR brand_id = %(brand)s)
"""
_SPANS: Final = """
    SELECT posted_day, low, high FROM facts_span WHERE posted_day BETWEEN %(first)s AND %(last)s ORDER BY posted_day
"""
_BOUNDS: Final = "SELECT min(posted_day), max(posted_day) FROM facts_span"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many calls were read again, and on how many days something had been posted."""

    calls: int
    days: int


def _quiet(_done: int, _of: int) -> None:
    """Nobody watches."""


@transaction.atomic
def facts_rebuild(
    *, first: date | None, last: date | None, brand_id: int | None, now: datetime,
    progress: Callable[[int, int], None] = _quiet,
) -> Rebuilt:  # fmt: skip
    """Make the facts of posted days `first` to `last` anew (None: all days), of one brand or of all.

    Reading on waits meanwhile; what was not read yet stays unread. Rates of ended days stay what they were. Raises
    RebuildRefused when the days are in the wrong order.
    """
    if first is not None and last is not None and first > last:
        raise RebuildRefused(problem="the first day is after the last")
    reader = reader_lock(wait=True)
    assert reader is not None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute(_BOUNDS)
        known = cursor.fetchone() or (None, None)
        if known[0] is None:
            return Rebuilt(0, 0)
        bounds = {"first": first or known[0], "last": last or known[1], "brand": brand_id}
        for table in TABLES:
            cursor.execute(_DELETE.format(table=table), bounds)
        cursor.execute(_DELETE.format(table="facts_balance"), bounds | {"last": None})
        cursor.execute(_SPANS, bounds)
        spans: list[tuple[date, int, int]] = cursor.fetchall()
    calls = 0
    touched: list[Touched] = []
    windows = _windows(spans)
    for number, window in enumerate(windows):
        progress(number, len(windows) + 1)
        window |= {"brand": brand_id, "high": min(window["high"], reader.commit_order)}
        count, days = play_add(window)
        calls, touched = calls + count, touched + days
        _execute(money.REBUILD, window)
    progress(len(windows), len(windows) + 1)
    _execute(money.CARRY_ALL, bounds)
    touched += play_settle()
    rates_fix([*touched, *_money_days(bounds)], now=now)
    progress(len(windows) + 1, len(windows) + 1)
    return Rebuilt(calls, len(spans))


def _windows(spans: list[tuple[date, int, int]]) -> list[dict[str, Any]]:
    """A window for each day; one for all where days lie on top of each other, so that no row is read many times."""
    if not spans:
        return []
    low, high = min(span[1] for span in spans), max(span[2] for span in spans) + 1
    if sum(span[2] + 1 - span[1] for span in spans) > 3 * (high - low):
        return [{"low": low, "high": high, "first": spans[0][0], "last": spans[-1][0]}]
    return [{"low": span[1], "high": span[2] + 1, "first": span[0], "last": span[0]} for span in spans]


def _execute(sql: str, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _money_days(bounds: dict[str, Any]) -> list[Touched]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT posted_day, currency FROM facts_money WHERE posted_day BETWEEN %(first)s AND %(last)s",
            bounds,
        )
        return [Touched(day, currency, None, None) for day, currency in cursor.fetchall()]
