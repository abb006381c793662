"""When a brand's business days begin: a dated row, for days to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction

from reporting.facts.errors import CalendarRefused
from reporting.facts.models import CalendarRow

EARLIEST = timedelta(hours=4)


def calendar_add(
    *, brand_id: int, from_day: date, time_zone: str, day_starts: timedelta, actor: str, now: datetime
) -> CalendarRow:
    """Have a brand's days begin `day_starts` after midnight of clocks in `time_zone`, from a day to come on.

    Raises CalendarRefused whose `problem` says why; the database refuses the same.
    """
    if time_zone not in available_timezones():
        raise CalendarRefused(problem=f"there is no time zone {time_zone}")
    if day_starts and not EARLIEST <= day_starts < timedelta(days=1):
        raise CalendarRefused(problem="a day begins at midnight, or at 04:00 and later: clocks are changed in between")
    try:
        with transaction.atomic():
            return CalendarRow.objects.create(
                brand_id=brand_id, from_day=from_day, time_zone=time_zone, day_starts=day_starts, added_at=now,
                added_by=actor,
            )  # fmt: skip
    except IntegrityError as problem:
        raise CalendarRefused(
            problem="it begins on a day that nothing was posted on or after, behind the calendars that there are"
        ) from problem
