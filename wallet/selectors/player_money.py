"""One player's money for the first screen: accounts now and at an instant, what moved by day and kind, last movements.

Reads walk the accounts' own histories (account, version); the ledger keeps no index of transactions by player.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class PlayerAccount:
    """One account with its balance and the length of its history."""

    id: int
    kind: str
    scope: str
    currency: str
    balance: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class DayOfKind:
    """What one kind of movement did to one account on one UTC day.

    `kind` is the transaction's, or "undone:" and the original's kind for a reversal. `amount` is signed, in the
    account's currency; `count` counts entries among a transaction's first two lines, so that a bet over two accounts
    counts once (a transfer between two accounts of the player counts on both). `through` is the highest version
    counted, `last_at` the latest booking.
    """

    account_id: int
    day: date
    kind: str
    amount: Decimal
    count: int
    through: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of a player's account that is not play."""

    transaction_id: UUID
    booked_at: datetime
    kind: str
    amount: Decimal
    currency: str
    balance_after: Decimal
    reference: str
    actor: str


_ACCOUNTS: Final = """
    SELECT id, kind, scope, currency, balance, version FROM wallet_account
    WHERE player_id = %s ORDER BY kind, currency, scope
"""
_ACCOUNTS_AT: Final = """
    SELECT a.id, a.kind, a.scope, a.currency, coalesce(e.balance_after, 0), coalesce(e.account_version, 0)
    FROM wallet_account a LEFT JOIN LATERAL (
        SELECT x.balance_after, x.account_version FROM wallet_entry x
        WHERE x.account_id = a.id AND x.account_version IS NOT NULL AND x.booked_at <= %(at)s
        ORDER BY x.account_version DESC LIMIT 1
    ) e ON true
    WHERE a.player_id = %(player)s ORDER BY a.kind, a.currency, a.scope
"""
_BY_DAY: Final = """
    WITH known AS (SELECT * FROM unnest(%(accounts)s::bigint[], %(after)s::bigint[]) AS k (account_id, version)),
    moved AS MATERIALIZED (
        SELECT k.account_id, e.transaction_id, e.line, e.amount, e.account_version, e.booked_at
        FROM known k CROSS JOIN LATERAL (
            SELECT * FROM wallet_entry x
            WHERE x.account_id = k.account_id AND x.account_version IS NOT NULL AND x.account_version > k.version
            ORDER BY x.account_version LIMIT %(limit)s
        ) e
    )
    SELECT m.account_id, (m.booked_at AT TIME ZONE 'UTC')::date,
           CASE WHEN t.original_id IS NULL THEN t.kind
                ELSE 'undone:' || (SELECT o.kind FROM wallet_transaction o WHERE o.id = t.original_id) END AS kind,
           sum(m.amount), count(*) FILTER (WHERE m.line <= 2), max(m.account_version), max(m.booked_at)
    FROM moved m CROSS JOIN LATERAL (
        SELECT x.kind, x.original_id FROM wallet_transaction x WHERE x.id = m.transaction_id OFFSET 0
    ) t
    GROUP BY 1, 2, 3
"""
_MOVEMENTS: Final = """
    SELECT t.id, e.booked_at, t.kind, e.amount, e.currency, e.balance_after, t.reference, t.actor
    FROM unnest(%(accounts)s::bigint[]) AS a (id) CROSS JOIN LATERAL (
        SELECT * FROM wallet_entry x
        WHERE x.account_id = a.id AND x.account_version IS NOT NULL AND x.booked_at <= %(until)s
        ORDER BY x.account_version DESC LIMIT %(depth)s
    ) e CROSS JOIN LATERAL (
        SELECT * FROM wallet_transaction x WHERE x.id = e.transaction_id OFFSET 0
    ) t
    WHERE t.kind NOT IN ('bet', 'win', 'jackpot_win') AND NOT (t.kind = 'rollback' AND t.provider_id IS NOT NULL)
    ORDER BY e.booked_at DESC, e.account_version DESC LIMIT %(limit)s
"""


def player_accounts(*, player_id: int, at: datetime | None = None) -> tuple[PlayerAccount, ...]:
    """Every account of a player with its balance now, or just after an instant (zero where nothing was booked)."""
    with connection.cursor() as cursor:
        if at is None:
            cursor.execute(_ACCOUNTS, [player_id])
        else:
            cursor.execute(_ACCOUNTS_AT, {"player": player_id, "at": at})
        return tuple(PlayerAccount(*row) for row in cursor.fetchall())


def movements_by_day(*, after: Mapping[int, int], limit: int) -> list[DayOfKind]:
    """What moved on each account beyond the version given for it, by UTC day and kind; `limit` entries of each."""
    if not after:
        return []
    names: dict[str, list[int] | int] = {"accounts": list(after), "after": list(after.values()), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, names)
        return [DayOfKind(*row) for row in cursor.fetchall()]


def movements_but_play(*, account_ids: list[int], until: datetime, limit: int, depth: int) -> list[Movement]:
    """The newest movements until an instant that are not play, among the newest `depth` entries of each account."""
    if not account_ids:
        return []
    names: dict[str, list[int] | int | datetime] = {
        "accounts": account_ids,
        "until": until,
        "limit": limit,
        "depth": depth,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, names)
        return [Movement(*row) for row in cursor.fetchall()]
