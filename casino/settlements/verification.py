"""What settlements add to `verify_ledger`: files are booked as loaded, what gateways owe is what the ledger says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

_BOOKED: Final = """
    SELECT f.gateway, f.name, t.currency, t.gross, t.fee, lines.gross, lines.fee,
           -coalesce(sum(e.amount) FILTER (WHERE a.kind = 'payment_cost'), 0),
           coalesce(sum(e.amount) FILTER (WHERE a.kind = 'payment_clearing'), 0),
           -coalesce(sum(e.amount) FILTER (WHERE a.kind = 'bank'), 0)
    FROM settlements_settlementtotal t
    JOIN settlements_settlementfile f ON f.id = t.file_id
    CROSS JOIN LATERAL (SELECT sum(l.gross) AS gross, sum(l.fee) AS fee FROM settlements_settlementline l
                        WHERE l.file_id = f.id AND l.currency = t.currency) lines
    LEFT JOIN wallet_entry e ON e.transaction_id = f.transaction_id AND e.currency = t.currency
    LEFT JOIN wallet_account a ON a.id = e.account_id
    GROUP BY f.id, t.id, lines.gross, lines.fee
    HAVING (t.gross, t.fee) IS DISTINCT FROM (lines.gross, lines.fee)
        OR t.gross <> coalesce(sum(e.amount) FILTER (WHERE a.kind = 'payment_clearing' AND a.scope = f.gateway), 0)
        OR t.fee <> -coalesce(sum(e.amount) FILTER (WHERE a.kind = 'payment_cost' AND a.scope = f.gateway), 0)
        OR t.net <> -coalesce(sum(e.amount) FILTER (WHERE a.kind = 'bank' AND a.scope = f.gateway), 0)
"""
_WITHOUT_FILE: Final = """
    SELECT t.id, t.reference FROM wallet_transaction t
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.kind = 'settlement'
      AND NOT EXISTS (SELECT 1 FROM settlements_settlementfile f WHERE f.transaction_id = t.id)
"""
_GATHERED: Final = """
    WITH booked AS (
        SELECT t.id, a.scope, a.currency, -sum(e.amount) AS amount
        FROM wallet_transaction t
        CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
        JOIN wallet_account a ON a.id = e.account_id AND a.kind = 'payment_clearing'
        WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.provider_id IS NULL
          AND t.commit_order < coalesce((SELECT commit_order FROM settlements_gatheredto), 0) AND t.kind <> 'settlement'
        GROUP BY t.id, a.id HAVING sum(e.amount) <> 0
    )
    SELECT b.id, b.scope, b.currency, b.amount, m.amount
    FROM booked b LEFT JOIN settlements_movement m
      ON m.transaction_id = b.id AND m.gateway = b.scope AND m.currency = b.currency
    WHERE m.amount IS DISTINCT FROM b.amount
"""
_SUPPOSED: Final = """
    SELECT m.transaction_id, m.gateway, m.currency, m.amount FROM settlements_movement m
    WHERE m.amount <> (
        SELECT -coalesce(sum(e.amount), 0) FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
        WHERE e.transaction_id = m.transaction_id AND a.kind = 'payment_clearing' AND a.scope = m.gateway
          AND a.currency = m.currency)
"""
_MATCHED: Final = """
    SELECT l.file_id, l.number, l.gross, v.amount, m.difference
    FROM settlements_match m
    JOIN settlements_settlementline l ON l.id = m.line_id JOIN settlements_movement v ON v.id = m.movement_id
    WHERE m.difference <> l.gross - v.amount OR (l.gateway, l.currency) <> (v.gateway, v.currency)
       OR (m.difference <> 0 AND NOT EXISTS (
               SELECT 1 FROM settlements_break b WHERE b.line_id = l.id AND b.kind = 'differs'))
"""
_WRITTEN_OFF: Final = """
    SELECT w.id, w.of_id, b.amount, b.currency, coalesce(m.clearing, 0), coalesce(m.reason, 0), a.state
    FROM settlements_writeoff w JOIN settlements_break b ON b.id = w.of_id
    LEFT JOIN approvals_approval a ON w.approval = 'approval:' || a.id
    CROSS JOIN LATERAL (
        SELECT sum(e.amount) FILTER (WHERE c.kind = 'payment_clearing' AND c.scope = b.gateway) AS clearing,
               sum(e.amount) FILTER (WHERE c.kind = 'adjustment' AND c.scope = 'settlement') AS reason
        FROM wallet_entry e JOIN wallet_account c ON c.id = e.account_id
        WHERE e.transaction_id = w.transaction_id AND e.currency = b.currency) m
    WHERE coalesce(m.clearing, 0) <> b.amount * CASE WHEN w.undoes_id IS NULL THEN -1 ELSE 1 END
       OR coalesce(m.reason, 0) <> -coalesce(m.clearing, 0)
       OR (w.undoes_id IS NULL AND a.state IS DISTINCT FROM 'executed')
"""


def _booked_as_loaded(scope: Scope) -> Iterator[Breach]:
    for gateway, name, currency, gross, fee, line_gross, line_fee, cost, clearing, bank in scope.rows(_BOOKED, {}):
        yield Breach(
            f"settlement {gateway} {name} in {currency}",
            f"gross {gross}, fee {fee}, as the lines and the ledger have them",
            f"lines {line_gross} and {line_fee}; booked: clearing {clearing}, cost {cost}, bank {bank}",
        )
    for transaction_id, reference in scope.each_order_window(_WITHOUT_FILE):
        yield Breach(f"transaction {transaction_id}", "a settlement file behind it", f"none ({reference})")
    scope.checked(scope.count("SELECT count(*) FROM settlements_settlementline"))


def _owed_is_booked(scope: Scope) -> Iterator[Breach]:
    for transaction_id, gateway, currency, booked, gathered in scope.each_order_window(_GATHERED):
        yield Breach(f"transaction {transaction_id} at {gateway}", f"{booked} {currency} to settle", f"{gathered}")
    for transaction_id, gateway, currency, amount in scope.rows(_SUPPOSED, {}):
        yield Breach(f"transaction {transaction_id} at {gateway}", "as the ledger has it", f"{amount} {currency}")
    scope.checked(scope.count("SELECT count(*) FROM settlements_movement"))


def _matched_or_broken(scope: Scope) -> Iterator[Breach]:
    for file, number, gross, amount, difference in scope.rows(_MATCHED, {}):
        yield Breach(
            f"line {number} of settlement file {file}",
            f"settles {amount}; what differs is a break",
            f"{gross}, with a difference of {difference}",
        )
    scope.checked(scope.count("SELECT count(*) FROM settlements_match"))


def _written_off_as_agreed(scope: Scope) -> Iterator[Breach]:
    for row, of, amount, currency, clearing, reason, state in scope.rows(_WRITTEN_OFF, {}):
        yield Breach(
            f"write-off {row} of break {of}", f"{amount} {currency} out of clearing, under an executed approval",
            f"clearing {clearing}, adjustment {reason}, approval {state}",
        )  # fmt: skip
    scope.checked(scope.count("SELECT count(*) FROM settlements_writeoff"))


PROMISES: Final = (
    Promise(
        "settlements_booked_as_loaded", "Every settlement file is booked once, as its lines say", _booked_as_loaded
    ),
    Promise("clearing_is_owed", "What gateways are to settle is what the ledger has on clearing", _owed_is_booked),
    Promise("settled_or_broken", "A settled line fits its booking, or there is a break", _matched_or_broken),
    Promise("write_offs_as_agreed", "A break is written off by two people, to the cent", _written_off_as_agreed),
)


def settlement_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
