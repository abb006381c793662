"""Opening accounts. An account opens empty, once, and is kept for ever."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from psycopg.pq import TransactionStatus

from wallet.enums import AccountKind
from wallet.models.account import PLAYER_KINDS
from wallet.postings import AccountState

_house: dict[tuple[str, str, str], AccountState] = {}


def house_account(*, kind: AccountKind, scope: str, currency: str) -> AccountState:
    """The house account of (kind, scope, currency), opened when it is missing. Its state never changes: no balance."""
    key = (kind.value, scope, currency)
    state = _house.get(key)
    if state is None:
        state = AccountState(
            id=_account_id(kind=kind, player_id=None, scope=scope, currency=currency), currency=currency
        )
        # Remembered only once it is committed: inside a transaction it may still be rolled back.
        if connection.connection.info.transaction_status == TransactionStatus.IDLE:
            _house[key] = state
    return state


def house_accounts_forget() -> None:
    """Drop what this process remembers; for tests that empty the tables."""
    _house.clear()


def player_account_open(*, kind: AccountKind, player_id: int, currency: str) -> AccountState:
    """The player's account of this kind and currency, opened empty when it is missing. Read it under its lock."""
    return AccountState(
        id=_account_id(kind=kind, player_id=player_id, scope="", currency=currency),
        currency=currency,
        balance=Decimal(0),
    )


def _account_id(*, kind: AccountKind, player_id: int | None, scope: str, currency: str) -> int:
    balance = Decimal(0) if kind in PLAYER_KINDS else None
    find = (
        "SELECT id FROM wallet_account WHERE kind = %s AND scope = %s AND currency = %s"
        " AND player_id IS NOT DISTINCT FROM %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(find, [kind.value, scope, currency, player_id])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "INSERT INTO wallet_account (kind, scope, currency, player_id, balance, version)"
                " VALUES (%s, %s, %s, %s, %s, 0) ON CONFLICT DO NOTHING RETURNING id",
                [kind.value, scope, currency, player_id, balance],
            )
            row = cursor.fetchone()
        if row is None:  # somebody else opened it between the two statements
            cursor.execute(find, [kind.value, scope, currency, player_id])
            row = cursor.fetchone()
    return int(row[0])
