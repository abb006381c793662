"""Which days a schedule's runs are about, and what they are called. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.exports.enums import Cadence

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is "2026-11-20", "2026-W47" or "2026-11"; both days are included."""

    name: str
    first: date
    last: date


def period_of(cadence: Cadence, day: date) -> Period:
    """The period that holds a day."""
    if cadence is Cadence.DAILY:
        return Period(f"{day}", day, day)
    if cadence is Cadence.WEEKLY:
        first = day - timedelta(days=day.weekday())
        year, week, _weekday = day.isocalendar()
        return Period(f"{year}-W{week:02}", first, first + timedelta(days=6))
    first = day.replace(day=1)
    return Period(f"{day:%Y-%m}", first, (first + timedelta(days=31)).replace(day=1) - DAY)


def periods_over(cadence: Cadence, *, since: date, until: date) -> Iterator[Period]:
    """Whole periods from the first one that begins on or after `since`, each ended before the day `until`."""
    period = period_of(cadence, since)
    if period.first < since:
        period = period_of(cadence, period.last + DAY)
    while period.last < until:
        yield period
        period = period_of(cadence, period.last + DAY)
