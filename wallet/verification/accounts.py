"""Promises about player accounts: opened empty, unbroken history, balance = sum of entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

# Which accounts, and the version their reading starts at. Of a part only: what it moved, from the version before.
_ALL: Final = """
    SELECT a.id, 1 AS start FROM wallet_account a WHERE a.id > %(low)s AND a.id <= %(high)s AND a.balance IS NOT NULL
"""
_MOVED: Final = """
    SELECT e.account_id AS id, greatest(min(e.account_version) - 1, 1) AS start
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    WHERE t.commit_order >= %(since)s AND e.account_version IS NOT NULL GROUP BY e.account_id
"""
_OPENED: Final = """
    WITH looked_at AS ({accounts})
    SELECT a.id, trim_scale(coalesce(e.balance_after - e.amount, a.balance)), a.version
    FROM looked_at l JOIN wallet_account a ON a.id = l.id
    LEFT JOIN wallet_entry e ON e.account_id = a.id AND e.account_version = 1
    WHERE coalesce(e.balance_after - e.amount, a.balance) <> 0 AND (e.amount IS NOT NULL OR a.version = 0)
"""
_HISTORY: Final = """
    WITH looked_at AS ({accounts}),
    history AS (
        SELECT e.account_id, e.account_version, e.amount, e.balance_after, l.start,
               CASE WHEN a.kind = 'player_receivable' THEN e.balance_after <= 0 ELSE e.balance_after >= 0 END AS sided,
               lag(e.account_version) OVER places AS version_before, lag(e.balance_after) OVER places AS balance_before
        FROM looked_at l JOIN wallet_account a ON a.id = l.id
        JOIN wallet_entry e ON e.account_id = l.id AND e.account_version >= l.start
        WINDOW places AS (PARTITION BY e.account_id ORDER BY e.account_version)
    )
    SELECT account_id, account_version, coalesce(version_before + 1, start),
           trim_scale(balance_after), trim_scale(balance_before + amount), sided
    FROM history
    WHERE account_version <> coalesce(version_before + 1, start) OR balance_after <> balance_before + amount
       OR NOT sided
"""
_SUMS: Final = """
    SELECT a.id, trim_scale(a.balance), a.version, trim_scale(coalesce(s.total, 0)), coalesce(s.entries, 0)
    FROM wallet_account a LEFT JOIN (
        SELECT e.account_id, sum(e.amount) AS total, count(*) AS entries FROM wallet_entry e
        WHERE e.account_id > %(low)s AND e.account_id <= %(high)s AND e.account_version IS NOT NULL
        GROUP BY e.account_id
    ) s ON s.account_id = a.id
    WHERE a.id > %(low)s AND a.id <= %(high)s AND a.balance IS NOT NULL
      AND (a.balance <> coalesce(s.total, 0) OR a.version <> coalesce(s.entries, 0))
"""
_LAST: Final = """
    WITH looked_at AS ({accounts})
    SELECT a.id, trim_scale(a.balance), a.version, trim_scale(e.balance_after), e.account_version
    FROM looked_at l JOIN wallet_account a ON a.id = l.id
    CROSS JOIN LATERAL (
        SELECT e.balance_after, e.account_version FROM wallet_entry e
        WHERE e.account_id = a.id AND e.account_version IS NOT NULL ORDER BY e.account_version DESC LIMIT 1
    ) e
    WHERE a.balance <> e.balance_after OR a.version <> e.account_version
"""


def _windows(scope: Scope, query: str) -> Iterator[tuple[object, ...]]:
    text = query.replace("{accounts}", _ALL if scope.everything else _MOVED)
    for window in scope.accounts:
        yield from scope.rows(text, {**window, "since": scope.since_order})
        counted = "SELECT count(*) FROM wallet_account WHERE id > %(low)s AND id <= %(high)s AND balance IS NOT NULL"
        scope.checked(scope.count(counted, window))


def _open_empty(scope: Scope) -> Iterator[Breach]:
    for account, opening, _version in _windows(scope, _OPENED):
        yield Breach(f"account {account}", "opened with 0", f"opened with {opening}")


def _unbroken(scope: Scope) -> Iterator[Breach]:
    for account, version, due_version, balance, due_balance, sided in _windows(scope, _HISTORY):
        where = f"version {version} of account {account}"
        if version != due_version:
            yield Breach(where, f"version {due_version} comes next", f"version {version}: a gap or a fork")
        elif not sided:
            yield Breach(where, "player's money at or above zero, a receivable at or below", f"balance {balance}")
        else:
            yield Breach(where, f"balance {due_balance}, the one before plus the amount", f"balance {balance}")


def _sums(scope: Scope) -> Iterator[Breach]:
    query = _SUMS if scope.everything else _LAST
    for account, balance, version, total, entries in _windows(scope, query):
        where = f"account {account}"
        if balance != total:
            yield Breach(where, f"balance {total}, the sum of its entries", f"balance {balance}")
        else:
            yield Breach(where, f"version {entries}, the number of its entries", f"version {version}")


PROMISES: Final = (
    Promise("accounts_open_empty", "Every player account opened empty", _open_empty),
    Promise(
        "histories_unbroken",
        "Every account's history has no gap, no fork, adds up, and keeps its side of zero",
        _unbroken,
    ),
    Promise("balances_are_sums", "Every balance is the sum of its entries", _sums),
)
