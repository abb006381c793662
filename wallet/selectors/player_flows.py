"""What players staked, won, paid in, took out and set aside, in the order of commit: for who watches or sums it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

BEHAVIOUR: Final = (
    "bet", "win", "jackpot_win", "transfer_in", "deposit", "withdrawal", "hold", "hold_release",
)  # fmt: skip
CASH: Final = ("deposit", "withdrawal")
_FLOWS: Final = """
    -- A stay at a transfer provider is one stake or one win: its difference.
    SELECT t.id, t.player_id, CASE WHEN t.kind <> 'transfer_in' THEN t.kind WHEN e.net < 0 THEN 'bet' ELSE 'win' END,
           t.booked_at, e.base
    FROM wallet_transaction t
    CROSS JOIN LATERAL (
        -- A hold moves money between two accounts of the player: what was moved, not its sum of zero.
        SELECT CASE WHEN t.kind IN ('hold', 'hold_release') THEN max(abs(x.base_amount))
                    ELSE abs(sum(x.base_amount)) END AS base, sum(x.base_amount) AS net
        FROM wallet_entry x WHERE x.transaction_id = t.id AND x.account_version IS NOT NULL
    ) e
    WHERE t.commit_order >= %s AND t.commit_order < %s AND t.player_id IS NOT NULL AND t.original_id IS NULL
      AND t.kind = ANY(%s) AND e.base <> 0
    ORDER BY t.commit_order, t.id
"""


@dataclass(frozen=True, slots=True)
class PlayerFlow:
    """One booking of a player; `base` in the base currency, above zero."""

    transaction_id: UUID
    player_id: int
    kind: str
    booked_at: datetime
    base: Decimal


def flows_between(low: int, high: int, kinds: Collection[str] = BEHAVIOUR) -> Iterator[PlayerFlow]:
    """Those of the kinds with low <= commit order < high. Streams; needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FLOWS, [low, high, list(kinds)])
        while rows := cursor.fetchmany(1_000):
            for row in rows:
                yield PlayerFlow(*row)
