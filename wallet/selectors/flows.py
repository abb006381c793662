"""What a player staked, won, deposited and withdrew since an instant: for limits, which count exactly these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from common.money import ZERO
from wallet.enums import AccountKind

# Calls that waited for the wallet's lock may carry an earlier moment than the entry before them.
WAITED: Final = timedelta(minutes=10)
_ACCOUNTS: Final = """
    SELECT id, kind = %(bonus)s, version FROM wallet_account
    WHERE player_id = %(player)s AND currency = %(currency)s AND balance IS NOT NULL
"""
_BOOKED_AT: Final = "SELECT booked_at FROM wallet_entry WHERE account_id = %s AND account_version = %s"
_SUMS: Final = """
    SELECT coalesce(o.kind, t.kind), CASE WHEN t.kind = 'transfer_in' THEN t.id END, sum(e.amount)
    FROM wallet_entry e
    CROSS JOIN LATERAL (SELECT * FROM wallet_transaction x WHERE x.id = e.transaction_id OFFSET 0) t
    LEFT JOIN wallet_transaction o ON o.id = t.original_id
    WHERE e.account_id = %(account)s AND e.account_version > %(version)s AND e.booked_at >= %(since)s
      AND (t.original_id IS NULL OR o.booked_at >= %(since)s)
    GROUP BY 1, 2
"""
_WINS: Final = ("win", "jackpot_win")
# Money that went back to the player by another way than a withdrawal, and what of all that came in again.
_PAID_BACK: Final = (
    "withdrawal", "withdrawal_return", "refund", "refund_return", "chargeback", "chargeback_reversal",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Sums in the player's currency, never negative but for what was taken back. `wagered` is every stake; `staked`
    and `won` are real money alone; `withdrawn` is all that went back: refunds and chargebacks, too."""

    wagered: Decimal = ZERO
    staked: Decimal = ZERO
    won: Decimal = ZERO
    deposited: Decimal = ZERO
    withdrawn: Decimal = ZERO


def flows_since(*, player_id: int, currency: str, since: datetime) -> Flows:
    """What was booked at or after `since`, less what was taken back of it; earlier bookings taken back count nothing.

    Reads only that end of each account's history: its place is found by halving.
    """
    own: dict[str, Decimal] = {}
    visits: dict[UUID, Decimal] = {}
    bonus: dict[str, Decimal] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, {"bonus": AccountKind.PLAYER_BONUS.value, "player": player_id, "currency": currency})
        for account_id, is_bonus, version in cursor.fetchall():
            first = _version_before(account_id, version, since - WAITED)
            cursor.execute(_SUMS, {"account": account_id, "version": first, "since": since})
            for kind, visit, amount in cursor.fetchall():
                if visit is not None:
                    visits[visit] = visits.get(visit, ZERO) + amount
                    continue
                sums = bonus if is_bonus else own
                sums[kind] = sums.get(kind, ZERO) + amount
    # What came back from a provider, against what went there: a loss counts as staked, a win as won.
    staked = sum((-net for net in visits.values() if net < ZERO), -own.get("bet", ZERO))
    return Flows(
        wagered=staked - bonus.get("bet", ZERO),
        staked=staked,
        won=sum((own.get(kind, ZERO) for kind in _WINS), sum((net for net in visits.values() if net > ZERO), ZERO)),
        deposited=own.get("deposit", ZERO),
        withdrawn=-sum((own.get(kind, ZERO) for kind in _PAID_BACK), ZERO),
    )


def _version_before(account_id: int, newest: int, instant: datetime) -> int:
    """The highest version booked before `instant`, 0 for none."""
    low, high = 0, newest
    with connection.cursor() as cursor:
        while low < high:
            middle = (low + high + 1) // 2
            cursor.execute(_BOOKED_AT, [account_id, middle])
            row = cursor.fetchone()
            if row is not None and row[0] < instant:
                low = middle
            else:
                high = middle - 1
    return low
