"""Rounds left open, by age. They are listed for people; nothing here closes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from casino.play.enums import RoundState
from casino.play.models import Round
from common.scope import EVERYTHING, PLAYER, Scope

COUNT_UP_TO: Final = 10_000


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """Open rounds at least `least` and less than `below` old."""

    code: str
    title: str
    least: timedelta
    below: timedelta | None


BUCKETS: Final = (
    AgeBucket("fresh", "under 5 minutes", timedelta(0), timedelta(minutes=5)),
    AgeBucket("minutes", "5 minutes to 1 hour", timedelta(minutes=5), timedelta(hours=1)),
    AgeBucket("hours", "1 to 24 hours", timedelta(hours=1), timedelta(hours=24)),
    AgeBucket("days", "1 to 7 days", timedelta(hours=24), timedelta(days=7)),
    AgeBucket("weeks", "7 days and older", timedelta(days=7), None),
)


def open_rounds(*, bucket: AgeBucket | None, now: datetime, scope: Scope = EVERYTHING) -> QuerySet[Round]:
    """Open rounds of players within `scope`, oldest first, of one bucket or all; by the partial index on their age."""
    rows = PLAYER.narrow(Round.objects.filter(state=RoundState.OPEN), scope).order_by("opened_at", "pk")
    if bucket is None:
        return rows
    rows = rows.filter(opened_at__lte=now - bucket.least)
    return rows if bucket.below is None else rows.filter(opened_at__gt=now - bucket.below)


def open_round_counts(*, now: datetime, scope: Scope = EVERYTHING) -> list[tuple[AgeBucket, int]]:
    """How many rounds are open in each bucket, counted up to `COUNT_UP_TO` each."""
    return [
        (bucket, open_rounds(bucket=bucket, now=now, scope=scope).order_by()[:COUNT_UP_TO].count())
        for bucket in BUCKETS
    ]
