"""What was booked on the clearing accounts of gateways, in an order in which nothing appears behind a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from wallet.enums import AccountKind

# Play's transactions name a provider and never touch clearing; the others are few. Settlements clear the account.
_BOOKED: Final = """
    SELECT t.id, t.player_id, a.scope, a.currency, sum(e.amount), t.kind, t.reference, t.booked_at
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    JOIN wallet_account a ON a.id = e.account_id AND a.kind = %(clearing)s
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
      AND t.provider_id IS NULL AND t.kind <> 'settlement'
    GROUP BY t.id, a.id HAVING sum(e.amount) <> 0
    ORDER BY t.commit_order, t.id
"""
_ACCOUNTS: Final = """
    SELECT id, scope, currency FROM wallet_account WHERE kind = %s AND player_id IS NULL ORDER BY scope, currency
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingMovement:
    """What one transaction moved on one gateway's clearing account; `amount` as booked, a deposit is negative."""

    transaction_id: UUID
    player_id: int | None
    gateway: str
    currency: str
    amount: Decimal
    kind: str
    reference: str
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class ClearingAccount:
    """A gateway's clearing account in one currency."""

    id: int
    gateway: str
    currency: str


def clearing_movements(*, low: int, high: int) -> Iterator[ClearingMovement]:
    """Everything but settlements with `low` <= commit order < `high`."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOKED, {"low": low, "high": high, "clearing": AccountKind.PAYMENT_CLEARING.value})
        for row in cursor.fetchall():
            yield ClearingMovement(
                transaction_id=row[0], player_id=row[1], gateway=row[2], currency=row[3], amount=row[4], kind=row[5],
                reference=row[6], booked_at=row[7],
            )  # fmt: skip


def clearing_accounts() -> tuple[ClearingAccount, ...]:
    """The clearing accounts that there are."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [AccountKind.PAYMENT_CLEARING.value])
        return tuple(ClearingAccount(*row) for row in cursor.fetchall())
