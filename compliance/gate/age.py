"""When somebody reaches an age: at the first moment of the birthday where he lives. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def age_on(born: date, day: date) -> int:
    """Full years on a calendar date; whoever was born on 29 February has the birthday on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The date on which that age is reached."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def birthday_begins(born: date, years: int, zone: str) -> datetime:
    """The first instant of that date in the zone."""
    day = birthday(born, years)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
