"""Promises about what hot rows name without a foreign key: players, rates, and the base amounts that came of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings

from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

_DANGLING: Final = """
    SELECT t.id, t.player_id, p.id IS NULL AND t.player_id IS NOT NULL, t.fx_rate_id
    FROM wallet_transaction t
    LEFT JOIN players_player p ON p.id = t.player_id
    LEFT JOIN wallet_fxrate f ON f.id = t.fx_rate_id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
      AND ((t.player_id IS NOT NULL AND p.id IS NULL) OR (t.fx_rate_id IS NOT NULL AND f.id IS NULL))
"""
_STRANGERS: Final = """
    SELECT t.id, e.line, e.account_id, a.player_id, t.player_id
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    JOIN wallet_account a ON a.id = e.account_id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND a.player_id IS NOT NULL
      AND a.player_id IS DISTINCT FROM t.player_id
"""
# Half-even to 8 decimals; sums of rounded parts may differ from the rounded sum in the last place.
_OFF_RATE: Final = """
    SELECT e.transaction_id, e.line, e.currency, trim_scale(e.amount), trim_scale(e.base_amount), f.currency,
           trim_scale(f.units_per_base)
    FROM wallet_transaction t
    CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
    LEFT JOIN wallet_fxrate f ON f.id = t.fx_rate_id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND (
        (e.currency = %(base)s AND e.base_amount <> e.amount)
        OR (e.currency <> %(base)s AND e.currency = f.currency
            AND abs(e.base_amount - e.amount / f.units_per_base) > 0.00000002)
        OR (e.currency <> %(base)s AND e.currency IS DISTINCT FROM f.currency AND NOT EXISTS (
            SELECT FROM wallet_entry x JOIN wallet_account a ON a.id = x.account_id
            WHERE x.transaction_id = t.id AND a.kind = 'fx' OFFSET 0)))
"""


def _nothing_dangles(scope: Scope) -> Iterator[Breach]:
    for transaction_id, player, no_player, rate in scope.each_order_window(_DANGLING):
        named = f"player {player}" if no_player else f"rate {rate}"
        yield Breach(f"transaction {transaction_id}", named, "no such row")


def _own_accounts(scope: Scope) -> Iterator[Breach]:
    for transaction_id, line, account, owner, player in scope.each_order_window(_STRANGERS):
        where = f"line {line} of transaction {transaction_id}"
        due = f"accounts of player {player}" if player is not None else "no player's account: it names none"
        yield Breach(where, due, f"account {account} of player {owner}")


def _at_the_rate(scope: Scope) -> Iterator[Breach]:
    base = settings.BASE_CURRENCY
    for transaction_id, line, currency, amount, found, quoted, units in scope.each_order_window(_OFF_RATE, base=base):
        where = f"line {line} of transaction {transaction_id}"
        if currency == base:
            yield Breach(where, f"base amount {amount} {base}, as booked", f"{found} {base}")
        elif currency == quoted:
            yield Breach(where, f"{amount} {currency} at {units} per {base}", f"{found} {base}")
        else:
            yield Breach(where, f"a rate of {currency}", f"a rate of {quoted}" if quoted else "none")


PROMISES: Final = (
    Promise("nothing_dangles", "Every player and rate that a transaction names exists", _nothing_dangles),
    Promise(
        "players_move_their_own_money",
        "A transaction moves the accounts of the player it names, and no other player's",
        _own_accounts,
    ),
    Promise("base_amounts_at_the_rate", "Every base amount is its amount at the transaction's rate", _at_the_rate),
)
