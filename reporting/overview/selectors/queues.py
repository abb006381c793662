"""What waits for people, by age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

COUNT_UP_TO: Final = 10_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait: all of them (up to 10,000), those older than an hour, older than a day, and since when."""

    total: int
    hour: int
    day: int
    oldest: datetime | None

    @property
    def capped(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= COUNT_UP_TO


def waiting(rows: QuerySet[Any], *, field: str, now: datetime) -> Waiting:
    """Counts rows by the age of `field`, reading at most the 10,000 oldest."""
    moments = list(rows.order_by(field).values_list(field, flat=True)[:COUNT_UP_TO])
    return Waiting(
        total=len(moments),
        hour=sum(moment <= now - timedelta(hours=1) for moment in moments),
        day=sum(moment <= now - timedelta(days=1) for moment in moments),
        oldest=moments[0] if moments else None,
    )
