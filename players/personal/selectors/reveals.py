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
    """Reveals of the last days: `people` by most reveals first, `counts` by (staff id, day).

    Two accounts with one personnel number are one person, counted together under the older account's id.
    """

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
        .values_list("staff_id", "staff__username", "staff__personnel_number", "day")
        .annotate(count=Count("pk"))
        .order_by("staff_id", "day")
    )
    first: dict[str, int] = {}
    names: dict[int, dict[str, None]] = {}
    counts: Counter[tuple[int, date]] = Counter()
    totals: Counter[int] = Counter()
    for staff_id, name, number, day, count in rows:
        person = first.setdefault(number, staff_id) if number else staff_id
        names.setdefault(person, {})[name] = None
        counts[person, day] += count
        totals[person] += count
    return RevealCounts(span, [(key, " + ".join(names[key])) for key, _ in totals.most_common()], counts)
