"""The promise about house balances: every snapshot is the one before plus what its block moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

SEALS_AT_ONCE: Final = 500

# width_bucket finds the block of a commit order by binary search in the blocks' first orders.
_SNAPSHOTS: Final = """
    WITH blocks AS (
        SELECT array_agg(number ORDER BY number) AS numbers, array_agg(from_order ORDER BY number) AS starts
        FROM wallet_seal WHERE number > %(low)s AND number <= %(high)s
    ),
    moved AS (
        SELECT e.account_id, blocks.numbers[width_bucket(t.commit_order, blocks.starts)] AS seal_id,
               sum(e.amount) AS amount, sum(e.base_amount) AS base
        FROM blocks, wallet_transaction t
        CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
        WHERE t.commit_order >= %(from_order)s AND t.commit_order < %(to_order)s AND e.account_version IS NULL
        GROUP BY 1, 2
    ),
    snapshots AS (
        SELECT h.account_id, h.seal_id, h.balance, h.base_balance, h.through_order,
               lag(h.balance) OVER places AS balance_before, lag(h.base_balance) OVER places AS base_before
        FROM wallet_housebalance h WHERE h.seal_id <= %(high)s
          AND h.seal_id >= coalesce((SELECT max(p.seal_id) FROM wallet_housebalance p
                                     WHERE p.account_id = h.account_id AND p.seal_id <= %(low)s), 0)
        WINDOW places AS (PARTITION BY h.account_id ORDER BY h.seal_id)
    )
    SELECT coalesce(m.account_id, s.account_id), coalesce(m.seal_id, s.seal_id),
           trim_scale(coalesce(s.balance_before, 0) + coalesce(m.amount, 0)), trim_scale(s.balance),
           trim_scale(coalesce(s.base_before, 0) + coalesce(m.base, 0)), trim_scale(s.base_balance)
    FROM moved m
    FULL JOIN (SELECT s.*, b.to_order FROM snapshots s JOIN wallet_seal b ON b.number = s.seal_id
               WHERE s.seal_id > %(low)s) s
        ON s.account_id = m.account_id AND s.seal_id = m.seal_id
    WHERE s.balance IS DISTINCT FROM coalesce(s.balance_before, 0) + coalesce(m.amount, 0)
       OR s.base_balance IS DISTINCT FROM coalesce(s.base_before, 0) + coalesce(m.base, 0)
       OR s.through_order <> s.to_order
    ORDER BY 2, 1
"""


def _windows(scope: Scope) -> Iterator[dict[str, Any]]:
    low = scope.since_seal
    query = (
        "SELECT max(number), min(from_order), max(to_order) FROM"
        " (SELECT * FROM wallet_seal WHERE number > %s ORDER BY number LIMIT %s) s"
    )
    while (row := next(scope.rows(query, [low, SEALS_AT_ONCE])))[0] is not None:
        yield {"low": low, "high": row[0], "from_order": row[1], "to_order": row[2]}
        low = row[0]


def _snapshots(scope: Scope) -> Iterator[Breach]:
    for window in _windows(scope):
        for account, seal, due, found, due_base, found_base in scope.rows(_SNAPSHOTS, window):
            where = f"house account {account} at seal {seal}"
            if found is None:
                yield Breach(where, f"a snapshot of {due}", "none")
            elif found != due:
                yield Breach(where, f"balance {due}, the one before plus the block", f"balance {found}")
            elif found_base != due_base:
                yield Breach(where, f"base balance {due_base}", f"base balance {found_base}")
            else:
                yield Breach(where, "counted through its seal", "through another order")
        counted = "SELECT count(*) FROM wallet_housebalance WHERE seal_id > %(low)s AND seal_id <= %(high)s"
        scope.checked(scope.count(counted, window))


PROMISES: Final = (Promise("house_balances_are_sums", "Every house balance is the sum of sealed entries", _snapshots),)
