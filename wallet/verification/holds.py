"""Promises about holds: what waits is covered by the hold account, and was moved there and away by transactions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

_COVER: Final = """
    SELECT coalesce(a.id, h.account_id), trim_scale(coalesce(a.balance, 0)), trim_scale(coalesce(h.held, 0)), a.kind
    FROM (SELECT id, balance, kind FROM wallet_account WHERE kind = 'player_hold') a
    FULL JOIN (SELECT account_id, sum(amount) AS held FROM wallet_hold WHERE state = 'open' GROUP BY account_id) h
        ON h.account_id = a.id
    WHERE coalesce(a.balance, 0) <> coalesce(h.held, 0) OR a.id IS NULL
"""
_MOVES: Final = """
    SELECT h.id, trim_scale(h.amount), trim_scale(coalesce(placed.moved, 0)), h.state, trim_scale(-ended.moved)
    FROM wallet_hold h
    CROSS JOIN LATERAL (SELECT sum(e.amount) AS moved FROM wallet_entry e
                        WHERE e.transaction_id = h.placed_by_id AND e.account_id = h.account_id) placed
    CROSS JOIN LATERAL (SELECT sum(e.amount) AS moved FROM wallet_entry e
                        WHERE e.transaction_id = h.ended_by_id AND e.account_id = h.account_id) ended
    WHERE placed.moved IS DISTINCT FROM h.amount
       OR (h.state <> 'open' AND ended.moved IS DISTINCT FROM -h.amount)
"""


def _covered(scope: Scope) -> Iterator[Breach]:
    for account, balance, held, kind in scope.rows(_COVER, None):
        if kind is None:
            yield Breach(f"account {account}", "holds stand on a hold account", "another kind of account")
        else:
            yield Breach(f"hold account {account}", f"balance {held}, the sum of its open holds", f"balance {balance}")
    scope.checked(scope.count("SELECT count(*) FROM wallet_account WHERE kind = 'player_hold'"))


def _moved(scope: Scope) -> Iterator[Breach]:
    for hold, amount, placed, state, ended in scope.rows(_MOVES, None):
        if placed != amount:
            yield Breach(f"hold {hold}", f"its transaction moved {amount} onto the hold account", f"{placed} moved")
        else:
            yield Breach(f"hold {hold}", f"{state}: {amount} moved off the hold account", f"{ended or 0} moved")
    scope.checked(scope.count("SELECT count(*) FROM wallet_hold"))


PROMISES: Final = (
    Promise("holds_covered", "Every hold account covers its open holds exactly", _covered),
    Promise("holds_moved_money", "Every hold was placed, and ended, by a transaction of its amount", _moved),
)
