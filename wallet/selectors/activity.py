"""What moved on player accounts between two instants, by kind: the middle of a statement (UK-02, UK-04, G-21).

Places in an account's history are taken by version, as statements take them, so that opening, movements and closing
always agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection

from common.money import ZERO

PLAY: Final = frozenset({"bet", "win", "jackpot_win", "undone:bet", "undone:win", "undone:jackpot_win"})
STAKES: Final = frozenset({"bet", "undone:bet"})


@dataclass(frozen=True, slots=True)
class KindTotal:
    """Movements of one kind: `amount` is signed, in the account's currency; "undone:" marks reversals."""

    kind: str
    amount: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class AccountPeriod:
    """One account in [start, end): opening + the sum of `totals` = closing, exactly."""

    account_id: int
    kind: str
    scope: str
    currency: str
    opening: Decimal
    closing: Decimal
    totals: tuple[KindTotal, ...]

    @property
    def moved(self) -> Decimal:
        """The sum of the movements."""
        return sum((total.amount for total in self.totals), ZERO)


_PLACES: Final = """
    SELECT a.id, a.kind, a.scope, a.currency, coalesce(f.account_version, 0), coalesce(f.balance_after, 0),
           coalesce(l.account_version, 0), coalesce(l.balance_after, 0)
    FROM wallet_account a
    LEFT JOIN LATERAL (
        SELECT x.account_version, x.balance_after FROM wallet_entry x
        WHERE x.account_id = a.id AND x.account_version IS NOT NULL AND x.booked_at < %(start)s
        ORDER BY x.account_version DESC LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT x.account_version, x.balance_after FROM wallet_entry x
        WHERE x.account_id = a.id AND x.account_version IS NOT NULL AND x.booked_at < %(end)s
        ORDER BY x.account_version DESC LIMIT 1
    ) l ON true
    WHERE a.player_id = %(player)s ORDER BY a.kind, a.currency, a.scope
"""
_TOTALS: Final = """
    SELECT CASE WHEN t.original_id IS NULL THEN t.kind
                ELSE 'undone:' || (SELECT o.kind FROM wallet_transaction o WHERE o.id = t.original_id) END AS kind,
           sum(e.amount), count(*)
    FROM wallet_entry e JOIN wallet_transaction t ON t.id = e.transaction_id
    WHERE e.account_id = %s AND e.account_version IS NOT NULL AND e.account_version > %s AND e.account_version <= %s
    GROUP BY 1 ORDER BY 1
"""


def accounts_in_period(*, player_id: int, start: datetime, end: datetime) -> Sequence[AccountPeriod]:
    """Every account of a player in [start, end) with what moved on it by kind."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"player": player_id, "start": start, "end": end})
        places = cursor.fetchall()
        found = []
        for key, kind, scope, currency, first, opening, last, closing in places:
            totals: tuple[KindTotal, ...] = ()
            if last > first:
                cursor.execute(_TOTALS, [key, first, last])
                totals = tuple(KindTotal(*row) for row in cursor.fetchall())
            found.append(AccountPeriod(key, kind, scope, currency, opening, closing, totals))
    return found


def account_of_player(*, player_id: int, account_id: int) -> bool:
    """Whether the account is the player's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM wallet_account WHERE id = %s AND player_id = %s", [account_id, player_id])
        return cursor.fetchone() is not None
