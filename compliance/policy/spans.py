"""Lengths of time as regulators word them: hours, days, weeks, calendar months and years, or without an end."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

INDEFINITE: Final = "indefinite"
SPAN = re.compile(r"P(?:T(?P<hours>[1-9]\d{0,3})H|(?P<days>[1-9]\d{0,3})D|(?P<weeks>[1-9]\d{0,2})W"
                  r"|(?P<months>[1-9]\d{0,2})M|(?P<years>[1-9]\d{0,2})Y)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Such as PT24H, P7D, P6W, P1M, P5Y (ISO 8601, one unit), or `indefinite`. `text` is how it is stored."""

    text: str

    @property
    def indefinite(self) -> bool:
        """Whether it has no end."""
        return self.text == INDEFINITE

    @property
    def words(self) -> str:
        """Such as "6 weeks"."""
        if self.indefinite:
            return "without an end"
        unit, count = self._parts()
        return f"{count} {unit.removesuffix('s') if count == 1 else unit}"

    def end_after(self, start: datetime, zone: ZoneInfo) -> datetime | None:
        """The instant (UTC) at which it ends; None for an indefinite one.

        Hours pass by the clock. Days and longer are calendar ones in `zone`: the same time of day on that date, and
        the last day of a shorter month, so that 31 January and one month end on 28 or 29 February.
        """
        if self.indefinite:
            return None
        unit, count = self._parts()
        if unit == "hours":
            return (start + timedelta(hours=count)).astimezone(UTC)
        local = start.astimezone(zone)
        if unit in {"days", "weeks"}:
            return (local + timedelta(days=count * (7 if unit == "weeks" else 1))).astimezone(UTC)
        months = local.year * 12 + local.month - 1 + count * (12 if unit == "years" else 1)
        year, month = divmod(months, 12)
        day = min(local.day, monthrange(year, month + 1)[1])
        return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)

    def _parts(self) -> tuple[str, int]:
        found = SPAN.fullmatch(self.text)
        assert found is not None, self.text
        return next((unit, int(count)) for unit, count in found.groupdict().items() if count)


def span_parse(text: str) -> Span:
    """A span from its text. Raises ValueError."""
    if text != INDEFINITE and not SPAN.fullmatch(text):
        raise ValueError(text)
    return Span(text)
