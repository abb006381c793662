"""Deposits and withdrawals, one by one in the order of commit: for sums of money by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

_CASH: Final = """
    SELECT t.id, t.player_id, t.kind, t.booked_at, abs(e.base)
    FROM wallet_transaction t CROSS JOIN LATERAL (
        SELECT sum(x.base_amount) AS base FROM wallet_entry x
        WHERE x.transaction_id = t.id AND x.account_version IS NOT NULL
    ) e
    WHERE t.commit_order >= %s AND t.commit_order < %s AND t.player_id IS NOT NULL AND t.original_id IS NULL
      AND t.kind IN ('deposit', 'withdrawal') AND e.base IS NOT NULL
    ORDER BY t.commit_order, t.id
"""


@dataclass(frozen=True, slots=True)
class CashMovement:
    """One deposit or withdrawal; `base` in the base currency as booked, never negative."""

    transaction_id: UUID
    player_id: int
    kind: str
    booked_at: datetime
    base: Decimal


def cash_between(low: int, high: int) -> Iterator[CashMovement]:
    """Those with low <= commit order < high. Streams; needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CASH, [low, high])
        while rows := cursor.fetchmany(1_000):
            for row in rows:
                yield CashMovement(*row)
