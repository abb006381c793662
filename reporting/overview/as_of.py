"""Reading the instant that somebody asks for. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from reporting.overview.errors import BadInstant, InstantToCome

_FORMS: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def instant_read(text: str, *, now: datetime) -> datetime | None:
    """The instant that a text names, in UTC; None for an empty one. A day alone means its end.

    Raises BadInstant for anything else, InstantToCome for a moment after `now` (today's end is now).
    """
    said = text.strip().removesuffix("Z").removesuffix("UTC").strip()
    if not said:
        return None
    for form in _FORMS:
        try:
            found = datetime.strptime(said, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        if found > now:
            raise InstantToCome
        return found
    try:
        day = datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadInstant from None
    if day > now:
        raise InstantToCome
    return min(day.replace(hour=23, minute=59, second=59, microsecond=999_999), now)
