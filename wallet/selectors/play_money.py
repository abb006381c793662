"""What players staked, won, paid in and were paid, in the order of commit: for those who watch the books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

_MOVED: Final = """
    -- A stay at a transfer provider is one stake or one win: its difference.
    SELECT t.id, CASE WHEN t.kind <> 'transfer_in' THEN t.kind WHEN e.base < 0 THEN 'bet' ELSE 'win' END, t.player_id,
           t.booked_at, abs(e.base), e.real, e.currency
    FROM wallet_transaction t
    CROSS JOIN LATERAL (
        SELECT sum(x.base_amount) AS base, sum(x.amount) AS real, min(x.currency) AS currency FROM wallet_entry x
        WHERE x.transaction_id = t.id AND x.account_version IS NOT NULL
    ) e
    WHERE t.commit_order >= %s AND t.commit_order < %s AND t.kind = ANY(%s)
      AND t.player_id IS NOT NULL AND e.base <> 0
    ORDER BY t.commit_order, t.id
"""
# Stakes and wins, and what comes into the house and leaves it.
KINDS: Final = ["bet", "win", "jackpot_win", "transfer_in", "deposit", "withdrawal"]
_OWED: Final = """
    SELECT t.id, t.kind, t.player_id, t.booked_at, e.base_amount, e.balance_after, e.currency
    FROM wallet_transaction t JOIN wallet_entry e ON e.transaction_id = t.id
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'player_receivable'
    WHERE t.commit_order >= %s AND t.commit_order < %s AND e.balance_after < 0 AND e.balance_after = e.amount
    ORDER BY t.commit_order, t.id
"""


@dataclass(frozen=True, slots=True)
class PlayerMoney:
    """One booking of a player: `base` in the base currency, never negative; `amount` signed, in `currency`."""

    transaction_id: UUID
    kind: str
    player_id: int
    booked_at: datetime
    base: Decimal
    amount: Decimal
    currency: str


def moved_between(low: int, high: int) -> Iterator[PlayerMoney]:
    """Bookings of KINDS with low <= commit order < high. Streams; needs a transaction."""
    return _rows(_MOVED, low, high, KINDS)


def owing_since_between(low: int, high: int) -> Iterator[PlayerMoney]:
    """Bookings by which a player who owed nothing began to owe; `amount` is what was owed then, below zero."""
    return _rows(_OWED, low, high)


def _rows(query: str, *parameters: int | list[str]) -> Iterator[PlayerMoney]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        while rows := cursor.fetchmany(1_000):
            for row in rows:
                yield PlayerMoney(*row)
