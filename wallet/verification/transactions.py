"""Promises about transactions and their entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.enums import TransactionKind
from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

# Entries are looked up transaction by transaction (LATERAL with OFFSET 0 or an aggregate): left to itself, the planner
# reads the whole table of entries for every window.
_UNBALANCED: Final = """
    SELECT t.id, s.currency, trim_scale(s.total)
    FROM wallet_transaction t CROSS JOIN LATERAL (
        SELECT e.currency, sum(e.amount) AS total FROM wallet_entry e WHERE e.transaction_id = t.id
        GROUP BY e.currency HAVING sum(e.amount) <> 0
    ) s
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
"""
_UNBALANCED_BASE: Final = """
    SELECT t.id, trim_scale(s.total)
    FROM wallet_transaction t CROSS JOIN LATERAL (
        SELECT sum(e.base_amount) AS total FROM wallet_entry e WHERE e.transaction_id = t.id
    ) s
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND s.total <> 0
"""
_EMPTY: Final = """
    SELECT t.id, t.kind, t.kind = ANY (%(kinds)s) FROM wallet_transaction t
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
      AND (t.kind <> ALL (%(kinds)s)
           OR NOT EXISTS (SELECT FROM wallet_entry e WHERE e.transaction_id = t.id OFFSET 0))
"""
_ORPHANS: Final = """
    SELECT e.transaction_id, e.line FROM wallet_entry e
    LEFT JOIN wallet_transaction t ON t.id = e.transaction_id WHERE t.id IS NULL
"""
_MISFITS: Final = """
    SELECT e.transaction_id, e.line, e.account_id, e.currency, a.id IS NOT NULL, a.currency, a.balance IS NOT NULL,
           e.balance_after IS NOT NULL, e.account_version IS NOT NULL, e.amount <> 0, e.booked_at = t.booked_at
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    LEFT JOIN wallet_account a ON a.id = e.account_id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
      AND (a.id IS NULL OR a.currency <> e.currency OR (a.balance IS NULL) <> (e.balance_after IS NULL)
           OR (a.balance IS NULL) <> (e.account_version IS NULL) OR e.amount = 0 OR e.booked_at <> t.booked_at)
"""


def _balanced(scope: Scope) -> Iterator[Breach]:
    for transaction_id, currency, total in scope.each_order_window(_UNBALANCED):
        yield Breach(f"transaction {transaction_id}", f"entries sum to 0 {currency}", f"{total} {currency}")


def _balanced_in_base(scope: Scope) -> Iterator[Breach]:
    for transaction_id, total in scope.each_order_window(_UNBALANCED_BASE):
        yield Breach(f"transaction {transaction_id}", "base amounts sum to 0", str(total))


def _have_entries(scope: Scope) -> Iterator[Breach]:
    for transaction_id, kind, known in scope.each_order_window(_EMPTY, kinds=TransactionKind.values):
        if known:
            yield Breach(f"transaction {transaction_id}", f"entries of this {kind}", "none")
        else:
            yield Breach(f"transaction {transaction_id}", "a kind of the chart", kind)


def _entries_have_transactions(scope: Scope) -> Iterator[Breach]:
    if not scope.everything:
        return  # an entry without its transaction has no place in the order; only the whole proof can see it
    for transaction_id, line in scope.rows(_ORPHANS, None):
        yield Breach(f"line {line} of transaction {transaction_id}", "its transaction", "no such transaction")
    scope.checked(scope.count("SELECT count(*) FROM wallet_entry"))


def _entries_fit(scope: Scope) -> Iterator[Breach]:
    for row in scope.each_order_window(_MISFITS):
        transaction_id, line, account, currency, exists, its_currency, keeps, balance, version, moves, together = row
        where = f"line {line} of transaction {transaction_id}"
        if not exists:
            yield Breach(where, f"account {account}", "no such account")
        elif its_currency != currency:
            yield Breach(where, f"{its_currency}, the currency of account {account}", currency)
        elif keeps != balance or keeps != version:
            told = "balance and version" if keeps else "neither balance nor version"
            yield Breach(where, f"{told}, as account {account} asks", f"balance {balance}, version {version}")
        elif not moves:
            yield Breach(where, "an amount other than 0", "0")
        elif not together:
            yield Breach(where, "the moment of its transaction", "another moment")


PROMISES: Final = (
    Promise("transactions_have_entries", "Every transaction is of a known kind and has entries", _have_entries),
    Promise("entries_have_transactions", "Every entry belongs to a transaction", _entries_have_transactions),
    Promise("entries_fit_accounts", "Every entry is in its account's currency and form", _entries_fit),
    Promise("transactions_balance", "Every transaction sums to zero per currency", _balanced),
    Promise("base_amounts_balance", "Every transaction's base amounts sum to zero", _balanced_in_base),
)
