"""Players' accounts that break a promise of the ledger, found within seconds instead of by the daily verification.

Balances are compared with the last entry of their history, which the verification proves to be their sum: those that
moved lately, and a window of all accounts in turn, so that a balance changed by other hands is found, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection

WINDOW: Final = 20_000
MOST: Final = 200
_UNEQUAL: Final = """
    WITH after AS (SELECT coalesce(max(checked_to), 0) AS id FROM monitoring_evaluation),
    looked_at AS (
        (SELECT a.id FROM wallet_account a, after WHERE a.balance IS NOT NULL AND a.id > after.id
         ORDER BY a.id LIMIT %(window)s)
        UNION
        SELECT DISTINCT account_id FROM (
            SELECT e.account_id FROM wallet_transaction t JOIN wallet_entry e ON e.transaction_id = t.id
            WHERE e.account_version IS NOT NULL AND t.commit_order >= (
                SELECT coalesce(min(from_order), 0) FROM (
                    SELECT from_order FROM wallet_seal ORDER BY number DESC LIMIT 10
                ) lately
            ) LIMIT %(window)s
        ) moved
    )
    SELECT a.id, a.player_id, a.currency, a.balance, coalesce(e.balance_after, 0), a.version,
           coalesce(e.account_version, 0)
    FROM looked_at l JOIN wallet_account a ON a.id = l.id
    LEFT JOIN LATERAL (
        SELECT balance_after, account_version FROM wallet_entry
        WHERE account_id = a.id AND account_version IS NOT NULL ORDER BY account_version DESC LIMIT 1
    ) e ON true
    WHERE a.balance <> coalesce(e.balance_after, 0) OR a.version <> coalesce(e.account_version, 0)
    ORDER BY a.id LIMIT %(most)s
"""
_NEGATIVE: Final = """
    SELECT id, player_id, currency, balance, 0 FROM wallet_account
    WHERE player_id IS NOT NULL AND kind <> 'player_receivable' AND balance < 0 ORDER BY id LIMIT %(most)s
"""
_UNCOVERED: Final = """
    SELECT a.id, a.player_id, a.currency, a.balance, coalesce(h.held, 0) FROM wallet_account a
    LEFT JOIN (SELECT account_id, sum(amount) AS held FROM wallet_hold WHERE state = 'open' GROUP BY 1) h
        ON h.account_id = a.id
    WHERE a.kind = 'player_hold' AND a.balance <> coalesce(h.held, 0) ORDER BY a.id LIMIT %(most)s
"""
_NEXT: Final = """
    SELECT max(id), count(*) FROM (
        SELECT id FROM wallet_account WHERE balance IS NOT NULL AND id > %(after)s ORDER BY id LIMIT %(window)s
    ) w
"""


@dataclass(frozen=True, slots=True)
class Oddity:
    """An account that breaks a promise: whose, in which currency, what stands there and what should."""

    promise: str
    account: int
    player: int
    currency: str
    found: Decimal
    expected: Decimal

    @property
    def row(self) -> str:
        """As the verification names it."""
        return f"account {self.account}"


def _found(promise: str, query: str) -> list[Oddity]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"window": WINDOW, "most": MOST})
        return [
            Oddity(promise, account, player, currency, found, Decimal(expected))
            for account, player, currency, found, expected, *_versions in cursor.fetchall()
        ]


def unequal_balances() -> list[Oddity]:
    """Players' accounts whose balance is not what their last entry left."""
    return _found("balances_are_sums", _UNEQUAL)


def negative_accounts() -> list[Oddity]:
    """Players' accounts below zero, those of debts left out."""
    return _found("histories_unbroken", _NEGATIVE)


def uncovered_holds() -> list[Oddity]:
    """Hold accounts whose balance is not the sum of their open holds."""
    return _found("holds_covered", _UNCOVERED)


def next_window(after: int) -> int:
    """The account up to which the next look went: 0 begins anew once all were compared."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"after": after, "window": WINDOW})
        row: Any = cursor.fetchone()
    last, count = row
    return int(last) if count == WINDOW else 0
