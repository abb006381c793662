"""Deposits between two instants, by player."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

from common.backoffice.time_range import uuid7_floor

_DEPOSITS: Final = """
    SELECT t.player_id, count(*), sum(e.base)
    FROM wallet_transaction t CROSS JOIN LATERAL (
        SELECT sum(x.base_amount) AS base FROM wallet_entry x JOIN wallet_account a ON a.id = x.account_id
        WHERE x.transaction_id = t.id AND a.player_id = t.player_id
    ) e
    WHERE t.id >= %(low)s AND t.id < %(high)s AND t.kind = 'deposit' AND t.player_id IS NOT NULL
    GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class DepositsOfPlayer:
    """How many deposits, and their sum in the base currency as it was booked."""

    player_id: int
    count: int
    base: Decimal


def deposits_between(*, start: datetime, end: datetime) -> list[DepositsOfPlayer]:
    """Deposits booked in [start, end), to the millisecond; reads that part of the transactions' own key."""
    with connection.cursor() as cursor:
        cursor.execute(_DEPOSITS, {"low": uuid7_floor(start), "high": uuid7_floor(end)})
        return [DepositsOfPlayer(*row) for row in cursor.fetchall()]
