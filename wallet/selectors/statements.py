"""Point-in-time balances and statements of player accounts: reads of what the entries tell, never sums.

An account's history is its versions. An instant's place in it is the highest version booked at or before it; calls
that waited for the wallet's lock may carry an earlier moment than the version before them, so places are taken by
version and every statement's opening and movements give its closing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from common.money import ZERO

PAGE_LINES: Final = 100


class NoHistory(LookupError):  # noqa: N818 - said of an account, not of the program
    """The account does not exist, or is a house account: those keep no history, see house_balance."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement: `amount` signed, `balance_after` it, both in the account's currency."""

    version: int
    booked_at: datetime
    kind: str
    amount: Decimal
    balance_after: Decimal
    reference: str
    transaction_id: UUID


@dataclass(frozen=True, slots=True)
class Statement:
    """The history of one account in [start, end); `lines` is a page of it, oldest first.

    `opening` and `closing` are of the whole period, whatever the page. `next_after` asks for the next page.
    """

    account_id: int
    currency: str
    start: datetime
    end: datetime
    opening: Decimal
    closing: Decimal
    line_count: int
    lines: tuple[StatementLine, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    version: int
    balance: Decimal


# Walks the account's own index backwards from now; nothing is sorted.
_PLACE: Final = """
    SELECT e.account_version, e.balance_after FROM wallet_entry e
    WHERE e.account_id = %s AND e.account_version IS NOT NULL AND e.booked_at {} %s
    ORDER BY e.account_version DESC LIMIT 1
"""
_LINES: Final = """
    SELECT e.account_version, e.booked_at, t.kind, e.amount, e.balance_after, t.reference, t.id
    FROM wallet_entry e JOIN wallet_transaction t ON t.id = e.transaction_id
    WHERE e.account_id = %s AND e.account_version IS NOT NULL AND e.account_version > %s AND e.account_version <= %s
    ORDER BY e.account_version LIMIT %s
"""


def balance_at(account_id: int, instant: datetime) -> Decimal:
    """The balance of a player account just after `instant`; zero before its first entry. Raises NoHistory."""
    _currency(account_id)
    return _place(account_id, instant, including=True).balance


def statement(
    account_id: int, start: datetime, end: datetime, *, after_version: int = 0, limit: int = PAGE_LINES
) -> Statement:
    """Opening, movements and closing of [start, end), by pages of `limit` lines after `after_version`.

    Raises NoHistory for house accounts and unknown ids, ValueError when the period ends before it starts.
    """
    if end < start:
        raise ValueError("the period ends before it starts")
    currency = _currency(account_id)
    opening = _place(account_id, start, including=False)
    closing = _place(account_id, end, including=False)
    with connection.cursor() as cursor:
        first = max(after_version, opening.version)
        cursor.execute(_LINES, [account_id, first, closing.version, limit])
        lines = tuple(StatementLine(*row) for row in cursor.fetchall())
    return Statement(
        account_id=account_id,
        currency=currency,
        start=start,
        end=end,
        opening=opening.balance,
        closing=closing.balance,
        line_count=closing.version - opening.version,
        lines=lines,
        next_after=lines[-1].version if lines and lines[-1].version < closing.version else None,
    )


def _place(account_id: int, instant: datetime, *, including: bool) -> _Place:
    with connection.cursor() as cursor:
        cursor.execute(_PLACE.format("<=" if including else "<"), [account_id, instant])
        row = cursor.fetchone()
    return _Place(*row) if row else _Place(0, ZERO)


def _currency(account_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT currency FROM wallet_account WHERE id = %s AND balance IS NOT NULL", [account_id])
        row = cursor.fetchone()
    if row is None:
        raise NoHistory(f"account {account_id} is no player account")
    return str(row[0])
