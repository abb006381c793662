"""Where a page gets the time line of its record from: the audit trail registers itself, and nothing is imported upward.

Every screen shows it below its tables, and in place of Django's own history page (AUD-11).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from django.db.models import Model
from django.http import HttpRequest

from common.backoffice.sections import Section

NEWEST: Final = 20
MOST: Final = 500
# (request, record, how many moments, as of when) -> the table.
TimeLine = Callable[[HttpRequest, Model, int, datetime | None], Section]
_registered: Final[list[TimeLine]] = []


def timeline_register(time_line: TimeLine) -> None:
    """Have every page show it. The last one registered counts."""
    _registered[:] = [time_line]


def timelines(request: HttpRequest, row: Model, most: int = NEWEST, until: datetime | None = None) -> list[Section]:
    """The time line of a record, or nothing where nobody keeps one."""
    return [time_line(request, row, most, until) for time_line in _registered]


def as_of(typed: str) -> tuple[str, datetime | None]:
    """A moment that somebody typed in UTC, or that a browser's field sent, with how the field shows it; or now."""
    try:
        moment = datetime.fromisoformat(typed[:32])
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the ends of the calendar have no neighbours in other zones
        return "", None
    return moment.strftime("%Y-%m-%dT%H:%M"), moment
