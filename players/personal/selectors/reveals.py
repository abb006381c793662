"""Who reveals how much: counted per person and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from common.scope import PLAYER, Scope
from players.personal.models import Reveal


@dataclass(frozen=True, slots=True)
class RevealCounts:
    """Reveals of the last days: `people` by most reveals first, `counts` by (staff id, day)."""

    days: Sequence[date]
    people: Sequence[tuple[int, str]]
    counts: dict[tuple[int, date], int]

    def of(self, staff_id: int) -> list[int]:
        """One person's counts, day by day."""
        return [self.counts.get((staff_id, day), 0) for day in self.days]

    def total(self, staff_id: int) -> int:
        """One person's reveals in all these days."""
        return sum(self.of(staff_id))


def reveal_counts(*, now: datetime, days: int, scope: Scope) -> RevealCounts:
    """Reveals per person and UTC day, today the last of `days`; only of players within `scope`."""
    last = now.astimezone(UTC).date()
    span = [last - timedelta(days=back) for back in range(days - 1, -1, -1)]
    start = datetime(span[0].year, span[0].month, span[0].day, tzinfo=UTC)
    rows = (
        PLAYER.narrow(
            Reveal.objects.filter(revealed_at__gte=start, revealed_at__lt=start + timedelta(days=days)), scope
        )
        .annotate(day=TruncDate("revealed_at", tzinfo=UTC))
        .values_list("staff_id", "staff__username", "day")
        .annotate(count=Count("pk"))
    )
    names: dict[int, str] = {}
    totals: Counter[int] = Counter()
    counts: dict[tuple[int, date], int] = {}
    for staff_id, name, day, count in rows:
        names[staff_id], counts[staff_id, day] = name, count
        totals[staff_id] += count
    return RevealCounts(span, [(key, names[key]) for key, _ in totals.most_common()], counts)
