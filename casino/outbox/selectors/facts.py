"""Reading facts by cursor, in an order in which nothing ever appears behind a reader."""

from __future__ import annotations

from django.db.models import BigIntegerField, Func, Q

from casino.outbox.enums import FactName
from casino.outbox.models import Fact
from casino.outbox.types import START, AnnouncedFact, FactCursor


class Horizon(Func):
    """The oldest database transaction that may still write: whatever is below it is there, or never will be."""

    function = "commit_order_horizon"
    output_field = BigIntegerField()


def facts_after(cursor: FactCursor = START, limit: int = 500) -> tuple[AnnouncedFact, ...]:
    """The next facts after a cursor, at most `limit`; go on with the last one's cursor.

    A fact is shown only once every transaction that began before its own has ended. A transaction that commits late
    therefore holds back what was written after it, for as long as it runs, instead of being skipped.
    """
    beyond = Q(commit_order__gt=cursor.commit_order) | Q(commit_order=cursor.commit_order, id__gt=cursor.fact_id)
    rows = Fact.objects.filter(beyond, commit_order__gte=cursor.commit_order, commit_order__lt=Horizon())
    return tuple(_announced(row) for row in rows.order_by("commit_order", "id")[:limit])


def _announced(row: Fact) -> AnnouncedFact:
    return AnnouncedFact(
        cursor=FactCursor(row.commit_order, row.pk), name=FactName(row.name), key=row.key, player_id=row.player_id,
        payload=row.payload, occurred_at=row.occurred_at,
    )  # fmt: skip
