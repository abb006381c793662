"""Days, weeks and months are the player's own calendar's, clock changes, leap days and month ends included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from compliance.limits.periods import months_later, period_span


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "start", "hours"),
    [
        ("Europe/Stockholm", "2026-03-29 12:00", "2026-03-28 23:00", 23),
        ("Europe/Stockholm", "2026-10-25 12:00", "2026-10-24 22:00", 25),
        ("Europe/Stockholm", "2026-03-28 22:59", "2026-03-27 23:00", 24),
        ("Europe/London", "2026-03-29 00:30", "2026-03-29 00:00", 23),
        ("America/New_York", "2026-11-01 12:00", "2026-11-01 04:00", 25),
        ("America/Toronto", "2026-03-08 12:00", "2026-03-08 05:00", 23),
        ("Asia/Kolkata", "2026-03-02 18:29", "2026-03-01 18:30", 24),
        ("Asia/Kolkata", "2026-03-02 18:30", "2026-03-02 18:30", 24),
        ("Pacific/Kiritimati", "2026-03-02 10:00", "2026-03-02 10:00", 24),
        # Midnight itself is skipped: the day begins at one o'clock.
        ("Africa/Cairo", "2026-04-24 12:00", "2026-04-23 22:00", 23),
        ("nonsense", "2026-03-02 12:00", "2026-03-02 00:00", 24),
    ],
)
def test_a_day_lasts_as_long_as_it_does_where_the_player_lives(zone: str, now: str, start: str, hours: int) -> None:
    span = period_span("day", at(now), zone)
    assert span.starts_at == at(start)
    assert span.ends_at - span.starts_at == timedelta(hours=hours)


def test_a_week_begins_on_monday_and_holds_its_clock_change() -> None:
    span = period_span("week", at("2026-03-29 12:00"), "Europe/Stockholm")
    assert span.starts_at == at("2026-03-22 23:00")
    assert span.ends_at == at("2026-03-29 22:00")
    assert span.ends_at - span.starts_at == timedelta(days=7, hours=-1)


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ("2028-02-29 12:00", "2028-02-01 00:00", "2028-03-01 00:00"),
        ("2026-02-28 23:59", "2026-02-01 00:00", "2026-03-01 00:00"),
        ("2026-12-31 23:59", "2026-12-01 00:00", "2027-01-01 00:00"),
        ("2026-01-31 00:00", "2026-01-01 00:00", "2026-02-01 00:00"),
    ],
)
def test_a_month_ends_with_its_last_day_leap_days_included(now: str, start: str, end: str) -> None:
    span = period_span("month", at(now), "UTC")
    assert (span.starts_at, span.ends_at) == (at(start), at(end))


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/St_Johns", "Africa/Cairo", "Australia/Lord_Howe"])
@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_periods_follow_one_another_without_gap_or_overlap_through_two_years(zone: str, period: str) -> None:
    now, last = at("2026-01-01 00:00"), at("2028-03-02 00:00")
    span = period_span(period, now, zone)
    while span.ends_at < last:
        following = period_span(period, span.ends_at, zone)
        assert following.starts_at == span.ends_at
        assert period_span(period, span.ends_at - timedelta(microseconds=1), zone) == span
        span = following


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2026-08-31 10:00", 6, "2027-02-28 10:00"),
        ("2027-08-31 10:00", 6, "2028-02-29 10:00"),
        ("2026-06-15 10:00", 6, "2026-12-15 10:00"),
        ("2028-02-29 10:00", 12, "2029-02-28 10:00"),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(start: str, months: int, later: str) -> None:
    assert months_later(at(start), months) == at(later)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no day, week or month"):
        period_span("", at("2026-01-01 00:00"), "UTC")
