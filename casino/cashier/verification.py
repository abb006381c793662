"""What the cashier promises to `manage.py verify_ledger`: deposits and the ledger tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

# What each transaction that a deposit names did on the player's accounts and on its gateway's clearing account.
_CREDITED: Final = """
    SELECT d.reference, d.state, d.player_id, trim_scale(d.credit), d.credit_currency, trim_scale(d.amount),
           d.currency, t.kind, t.player_id, trim_scale(m.own), trim_scale(m.clearing)
    FROM cashier_deposit d
    LEFT JOIN wallet_transaction t ON t.id = d.transaction_id
    LEFT JOIN LATERAL (
        SELECT sum(e.amount) FILTER (WHERE a.player_id = d.player_id AND e.currency = d.credit_currency) AS own,
               -sum(e.amount) FILTER (WHERE a.kind = 'payment_clearing' AND a.scope = d.gateway
                                      AND e.currency = d.currency AND e.amount < 0) AS clearing
        FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id WHERE e.transaction_id = t.id
    ) m ON true
    WHERE d.transaction_id IS NOT NULL AND (t.id IS NULL OR t.commit_order >= %(low)s)
      AND (t.kind IS DISTINCT FROM 'deposit' OR t.player_id IS DISTINCT FROM d.player_id OR t.reference <> d.reference
           OR m.own IS DISTINCT FROM d.credit OR m.clearing IS DISTINCT FROM d.amount)
    ORDER BY d.id
"""
# The other way round: money of a gateway's clearing account that became a player's without a deposit that says so.
_UNNAMED: Final = """
    SELECT t.id, t.kind, t.reference FROM wallet_transaction t
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.reference LIKE 'D-%%'
      AND t.actor LIKE 'gateway:%%'
      AND (t.kind = 'deposit' AND NOT EXISTS (SELECT FROM cashier_deposit d WHERE d.transaction_id = t.id)
           OR t.kind = 'suspense' AND NOT EXISTS (SELECT FROM cashier_deposit d WHERE d.suspense_id = t.id))
"""
# A state that says where the money is, against what the ledger booked under the deposit's name.
_STATES: Final = """
    SELECT d.reference, d.state, trim_scale(coalesce(m.net, 0)) FROM cashier_deposit d
    LEFT JOIN LATERAL (
        SELECT sum(e.amount) AS net FROM cashier_depositstep s
        JOIN wallet_entry e ON e.transaction_id = s.transaction_id
        JOIN wallet_account a ON a.id = e.account_id AND a.player_id = d.player_id
        WHERE s.deposit_id = d.id
    ) m ON true
    WHERE (d.state IN ('credited', 'chargeback_reversed') AND m.net IS DISTINCT FROM d.credit)
       OR (d.state IN ('refunding', 'refunded', 'reversed', 'to_refund') AND coalesce(m.net, 0) <> 0)
       OR (d.state IN ('charged_back', 'charged_back_again')
           AND m.net IS DISTINCT FROM d.credit - (
               SELECT c.taken FROM cashier_chargeback c WHERE c.deposit_id = d.id AND c.state = 'booked'))
       OR (d.state IN ('created', 'pending', 'authorised', 'declined', 'expired', 'cancelled', 'failed')
           AND m.net IS NOT NULL)
    ORDER BY d.id
"""
_SUSPENSE: Final = """
    WITH booked AS (
        SELECT a.scope, a.currency, sum(e.amount) AS amount FROM wallet_account a
        JOIN wallet_entry e ON e.account_id = a.id WHERE a.kind = 'payment_suspense' GROUP BY 1, 2
    ), waiting AS (
        SELECT gateway AS scope, currency, sum(amount) AS amount FROM cashier_deposit
        WHERE state = 'to_refund' GROUP BY 1, 2
    )
    SELECT coalesce(b.scope, w.scope), coalesce(b.currency, w.currency), trim_scale(coalesce(w.amount, 0)),
           trim_scale(coalesce(b.amount, 0))
    FROM booked b FULL JOIN waiting w ON w.scope = b.scope AND w.currency = b.currency
    WHERE coalesce(b.amount, 0) <> coalesce(w.amount, 0)
"""


def _credited_once(scope: Scope) -> Iterator[Breach]:
    for row in scope.rows(_CREDITED, {"low": scope.since_order}):
        reference, state, player, credit, credit_currency, amount, currency, kind, owner, own, clearing = row
        yield Breach(
            f"deposit {reference} ({state})",
            f"{amount} {currency} from its gateway, {credit} {credit_currency} to player {player}, as a deposit",
            f"{clearing} {currency} and {own} {credit_currency} to player {owner}, as {kind}",
        )
    for transaction_id, kind, reference in scope.each_order_window(_UNNAMED):
        yield Breach(f"transaction {transaction_id}", f"a deposit that names this {kind}", f"none, of {reference}")
    scope.checked(scope.count("SELECT count(*) FROM cashier_deposit WHERE transaction_id IS NOT NULL", []))


def _states_tie(scope: Scope) -> Iterator[Breach]:
    for reference, state, net in scope.rows(_STATES, []):
        yield Breach(f"deposit {reference}", f"money of the player as {state} says", f"{net} left with the player")
    scope.checked(scope.count("SELECT count(*) FROM cashier_deposit", []))


def _suspense_waits(scope: Scope) -> Iterator[Breach]:
    for gateway, currency, waiting, booked in scope.rows(_SUSPENSE, []):
        yield Breach(
            f"suspense of {gateway} in {currency}", f"{waiting} of deposits that wait for their refund", f"{booked}"
        )
    scope.checked(scope.count("SELECT count(*) FROM wallet_account WHERE kind = 'payment_suspense'", []))


PROMISES: Final = (
    Promise(
        "deposits_are_credited_once",
        "Every credited deposit has one ledger transaction of its amount, and the other way round",
        _credited_once,
    ),
    Promise("deposit_states_tie_to_the_ledger", "A deposit's state says where its money is", _states_tie),
    Promise("suspense_waits_for_refunds", "Suspense holds what deposits wait to be refunded", _suspense_waits),
)


def cashier_promises_register() -> None:
    """Called from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
