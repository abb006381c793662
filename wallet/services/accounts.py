"""Opening accounts. An account opens empty, once, and is kept for ever."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from psycopg.pq import TransactionStatus

from common.errors import BrokenPromise
from wallet.enums import AccountKind
from wallet.models.account import PLAYER_KINDS
from wallet.postings import AccountState

_house: dict[tuple[str, str, str], AccountState] = {}


def house_account(*, kind: AccountKind, scope: str, currency: str) -> AccountState:
    """The house account of (kind, scope, currency), opened when it is missing. Its state never changes: no balance."""
    known = house_account_find(kind=kind, scope=scope, currency=currency)
    if known is not None:
        return known
    return AccountState(id=_account_open(kind=kind, player_id=None, scope=scope, currency=currency), currency=currency)


def house_account_find(*, kind: AccountKind, scope: str, currency: str) -> AccountState | None:
    """The house account of (kind, scope, currency), or None while it is not open. One query, once in a process."""
    key = (kind.value, scope, currency)
    known = _house.get(key)
    if known is not None:
        return known
    account_id = _account_find(kind=kind, player_id=None, scope=scope, currency=currency)
    if account_id is None:
        return None
    state = AccountState(id=account_id, currency=currency)
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
        id=_account_open(kind=kind, player_id=player_id, scope="", currency=currency),
        currency=currency,
        balance=Decimal(0),
    )


_FIND = (
    "SELECT id FROM wallet_account WHERE kind = %s AND scope = %s AND currency = %s"
    " AND player_id IS NOT DISTINCT FROM %s"
)
_OPEN = (
    "INSERT INTO wallet_account (kind, scope, currency, player_id, balance, version)"
    " VALUES (%s, %s, %s, %s, %s, 0) ON CONFLICT DO NOTHING"
)


def _account_find(*, kind: AccountKind, player_id: int | None, scope: str, currency: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [kind.value, scope, currency, player_id])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _account_open(*, kind: AccountKind, player_id: int | None, scope: str, currency: str) -> int:
    """Find the account, or open it: somebody else may open it at the same moment, which is as good."""
    found = _account_find(kind=kind, player_id=player_id, scope=scope, currency=currency)
    if found is None:
        balance = Decimal(0) if kind in PLAYER_KINDS else None
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [kind.value, scope, currency, player_id, balance])
        found = _account_find(kind=kind, player_id=player_id, scope=scope, currency=currency)
    if found is None:
        raise BrokenPromise(f"account {kind.value} {scope} {currency} can be neither found nor opened")
    return found
