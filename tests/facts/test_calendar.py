"""Business days: each brand's own clocks, days of 23 and 25 hours, and a new beginning of the day from a date on."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from players.models import Brand
from reporting.facts.models import CalendarRow
from tests.factories import brand_make

pytestmark = pytest.mark.django_db


def calendar(brand: Brand, from_day: date, zone: str, hours: int = 0) -> CalendarRow:
    return CalendarRow.objects.create(
        brand_id=brand.pk, from_day=from_day, time_zone=zone, day_starts=timedelta(hours=hours),
        added_at=datetime(2026, 1, 1, tzinfo=UTC), added_by="staff:1",
    )  # fmt: skip


def one(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


def day_of(moment: datetime | str, brand: Brand) -> Any:
    return one("SELECT facts_business_day(%s::timestamptz, %s)", moment, brand.pk)[0]


def hours_of(brand: Brand, day: str) -> float:
    starts, ends = one("SELECT * FROM facts_day_span(%s, %s::date)", brand.pk, day)
    assert day_of(starts, brand) == date.fromisoformat(day)
    assert day_of(ends - timedelta(microseconds=1), brand) == date.fromisoformat(day)
    assert day_of(ends, brand) == date.fromisoformat(day) + timedelta(days=1)
    return float((ends - starts) / timedelta(hours=1))


def test_without_a_row_a_day_is_a_day_of_utc() -> None:
    brand = brand_make()
    assert day_of("2026-03-28 23:59:59.999999+00", brand) == date(2026, 3, 28)
    assert day_of("2026-03-29 00:00:00+00", brand) == date(2026, 3, 29)
    assert hours_of(brand, "2026-03-29") == 24


def test_days_on_which_clocks_change_have_23_and_25_hours() -> None:
    brand = brand_make()
    calendar(brand, date(2026, 1, 1), "Europe/Malta")
    assert day_of("2026-03-28 22:59:59+00", brand) == date(2026, 3, 28)
    assert day_of("2026-03-28 23:00:00+00", brand) == date(2026, 3, 29)
    assert day_of("2026-03-29 22:00:00+00", brand) == date(2026, 3, 30)
    assert [hours_of(brand, day) for day in ("2026-03-28", "2026-03-29", "2026-10-25")] == [24, 23, 25]


def test_a_gaming_day_may_begin_in_the_morning() -> None:
    brand = brand_make()
    calendar(brand, date(2026, 1, 1), "America/New_York", hours=6)
    assert day_of("2026-01-15 10:59:59+00", brand) == date(2026, 1, 14)
    assert day_of("2026-01-15 11:00:00+00", brand) == date(2026, 1, 15)
    # Clocks go forward at 02:00 on 8 March: still within the gaming day of the 7th.
    assert [hours_of(brand, day) for day in ("2026-03-07", "2026-03-08", "2026-10-31")] == [23, 24, 25]


def test_a_new_calendar_lengthens_the_day_before_it() -> None:
    brand = brand_make()
    calendar(brand, date(2026, 1, 1), "UTC")
    calendar(brand, date(2026, 2, 1), "UTC", hours=6)
    assert [hours_of(brand, day) for day in ("2026-01-30", "2026-01-31", "2026-02-01")] == [24, 30, 24]
    calendar(brand, date(2026, 3, 1), "Asia/Tokyo")
    assert [hours_of(brand, day) for day in ("2026-02-28", "2026-03-01")] == [9, 24]


def test_a_calendar_begins_behind_all_others() -> None:
    brand = brand_make()
    calendar(brand, date(2026, 2, 1), "UTC")
    with pytest.raises(IntegrityError, match="nothing was posted on or after"):
        calendar(brand, date(2026, 1, 1), "Europe/Malta")


def test_a_day_may_not_begin_while_clocks_change() -> None:
    with pytest.raises(IntegrityError, match="business_day_begins_clear_of_clock_changes"):
        calendar(brand_make(), date(2026, 2, 1), "UTC", hours=2)


def test_people_add_calendars_by_a_command_that_says_what_is_wrong() -> None:
    brand = brand_make()
    call_command("add_calendar", brand.code, "2040-01-01", "America/New_York", "--starts", "06:00", stdout=StringIO())
    assert hours_of(brand, "2040-07-01") == 24
    assert day_of("2040-01-01 10:59:59+00", brand) == date(2039, 12, 31)
    for words in (["2041-01-01", "Europe/Atlantis"], ["2041-01-01", "UTC", "--starts", "02:00"], ["2039-01-01", "UTC"]):
        with pytest.raises(CommandError, match="This calendar can not be"):
            call_command("add_calendar", brand.code, *words)
