"""Readers with a name: what they do and how far they have read stand in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from casino.outbox.models import FactReader
from casino.outbox.selectors.facts import facts_after
from casino.outbox.types import AnnouncedFact, FactCursor


@transaction.atomic
def facts_read(
    *, reader: str, handle: Callable[[Sequence[AnnouncedFact]], None], now: datetime, limit: int = 500
) -> int:
    """Give the next facts to `handle`, and remember that they were read; returns how many.

    Both happen in one transaction: what `handle` writes stands exactly once, whether it raises, is killed or runs
    twice at a time (a second reader of the same name waits). What `handle` does outside of the database may repeat.
    """
    FactReader.objects.bulk_create([FactReader(name=reader)], ignore_conflicts=True)
    row = FactReader.objects.select_for_update().get(name=reader)
    facts = facts_after(FactCursor(row.commit_order, row.fact_id), limit)
    if facts:
        handle(facts)
        row.commit_order, row.fact_id = facts[-1].cursor.commit_order, facts[-1].cursor.fact_id
        row.read_at = now
        row.save(update_fields=["commit_order", "fact_id", "read_at"])
    return len(facts)
