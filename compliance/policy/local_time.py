"""Dates of law are local: a row takes effect at a date and time of the jurisdiction's own clocks. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from compliance.policy.errors import PolicyMomentRefused


def moment_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show this date and time.

    Raises PolicyMomentRefused when they never do, or do twice: nothing is guessed about an hour of people's rights.
    """
    shown = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    first = shown.replace(tzinfo=zone).astimezone(UTC)
    second = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != shown:
        raise PolicyMomentRefused(
            f"Clocks in {zone.key} go forward over {shown:%Y-%m-%d %H:%M}: choose a time before or after."
        )
    if first != second:
        raise PolicyMomentRefused(f"Clocks in {zone.key} show {shown:%Y-%m-%d %H:%M} twice: choose another time.")
    return first


def local_words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as the jurisdiction's clocks show it, with the offset: "2026-09-30 00:00 +0100"."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M %z")
