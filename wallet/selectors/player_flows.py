"""Money that came, went or was set aside, player by player in the order of commit: for those who watch the books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

_FLOWS: Final = """
    SELECT t.player_id, t.kind, t.booked_at, e.base, t.id
    FROM wallet_transaction t
    CROSS JOIN LATERAL (
        SELECT max(abs(x.base_amount)) AS base FROM wallet_entry x
        WHERE x.transaction_id = t.id AND x.account_version IS NOT NULL
    ) e
    WHERE t.commit_order >= %s AND t.commit_order < %s AND t.player_id IS NOT NULL AND t.original_id IS NULL
      AND t.kind IN ('deposit', 'withdrawal', 'hold', 'hold_release') AND e.base IS NOT NULL
    ORDER BY t.commit_order, t.id
"""


@dataclass(frozen=True, slots=True)
class PlayerFlow:
    """One deposit, withdrawal, hold or release of a hold; `base` in the base currency, never negative."""

    player_id: int
    kind: str
    booked_at: datetime
    base: Decimal
    transaction_id: UUID


def flows_between(low: int, high: int) -> Iterator[PlayerFlow]:
    """Those with low <= commit order < high. Streams; needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FLOWS, [low, high])
        while rows := cursor.fetchmany(1_000):
            for row in rows:
                yield PlayerFlow(*row)
