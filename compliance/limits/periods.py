"""Calendar days, weeks and months where a player lives, as instants. Pure; no framework here.

A day of a clock change has 23 or 25 hours, and a midnight that a clock change skips begins when the clock goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from compliance.limits.enums import LimitPeriod


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant until, and without, another; both in UTC."""

    starts_at: datetime
    ends_at: datetime


def period_span(period: str, now: datetime, zone: str) -> Span:
    """The running day, week (from Monday) or month of an IANA time zone at `now`; an unknown zone counts as UTC."""
    place = _zone(zone)
    today = now.astimezone(place).date()
    first, after = _days(period, today)
    return Span(_midnight(first, place), _midnight(after, place))


def _days(period: str, today: date) -> tuple[date, date]:
    if period == LimitPeriod.DAY:
        return today, today + timedelta(days=1)
    if period == LimitPeriod.WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=7)
    if period == LimitPeriod.MONTH:
        first = today.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1)
    raise ValueError(f"{period!r} is no day, week or month")


def _midnight(day: date, place: ZoneInfo) -> datetime:
    """The instant at which a local date begins: of a midnight that comes twice the first, of a skipped one the jump."""
    return datetime.combine(day, time(), tzinfo=place).astimezone(UTC)


def months_later(instant: datetime, months: int) -> datetime:
    """The same day of month and time of day `months` later, or the month's last day where it has no such day."""
    total = instant.year * 12 + instant.month - 1 + months
    year, month = divmod(total, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (after - timedelta(days=1)).day
    return instant.replace(year=year, month=month + 1, day=min(instant.day, last))


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
