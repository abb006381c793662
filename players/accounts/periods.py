"""Periods of statements: whole days in the player's time zone, up to the present. Pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """[start, end), in UTC."""

    start: datetime
    end: datetime


def months_back(day: date, months: int) -> date:
    """The same day some months before; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def statement_period(*, months: int, time_zone: str, until: datetime) -> Period:
    """The months before `until`, from the midnight with which the day began where the player lives."""
    zone = ZoneInfo(time_zone)
    first = months_back(until.astimezone(zone).date(), months)
    return Period(datetime.combine(first, time.min, tzinfo=zone).astimezone(UTC), until)
