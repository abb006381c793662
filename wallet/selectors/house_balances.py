"""Sums of house accounts, which keep no running balance that a bet would have to lock (ledger.md §1)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import connection

# The account's last snapshot, and what was booked after the head of the chain: between its snapshot and the head
# the account did not move, or there would be a later snapshot. One statement, so that both come from one moment.
_BALANCE: Final = """
    WITH head AS MATERIALIZED (SELECT coalesce(max(to_order), 0) AS to_order FROM wallet_seal),
    snapshot AS (
        SELECT h.balance, h.base_balance FROM wallet_housebalance h
        WHERE h.account_id = %(account)s ORDER BY h.seal_id DESC LIMIT 1
    ),
    later AS (
        SELECT sum(e.amount) AS balance, sum(e.base_amount) AS base_balance
        FROM wallet_transaction t
        CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
        WHERE t.commit_order >= (SELECT to_order FROM head) AND e.account_id = %(account)s
    )
    SELECT coalesce((SELECT balance FROM snapshot), 0) + coalesce(later.balance, 0),
           coalesce((SELECT base_balance FROM snapshot), 0) + coalesce(later.base_balance, 0)
    FROM later
"""


@dataclass(frozen=True, slots=True)
class HouseSum:
    """A house account's sum in its own currency and in the base currency."""

    balance: Decimal
    base_balance: Decimal


def house_sum(account_id: int) -> HouseSum:
    """Everything ever booked on a house account: its last snapshot and the entries since the last seal.

    Reads as many transactions as wait to be sealed, so it stays cheap while the sealer works.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE, {"account": account_id})
        row = cursor.fetchone()
    assert row is not None
    return HouseSum(*row)


def house_balance(account_id: int) -> Decimal:
    """The sum of a house account in its own currency; zero when nothing was ever booked on it."""
    return house_sum(account_id).balance
