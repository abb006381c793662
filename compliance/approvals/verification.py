"""What approvals promise to `manage.py verify_ledger`: staff move money by approval, and exactly as approved.

A transaction that staff caused names its approval in its reference ("approval:12"), and the approval names it as its
result; both are looked at from both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

# What staff may cause: adjustments, and reversals of what is not play's; a correction must not hide among deposits.
# Holds, withdrawals and bonuses have steps of their own.
_BY_STAFF: Final = """
    SELECT t.id, t.kind, t.reference, a.id, a.state, a.kind
    FROM wallet_transaction t LEFT JOIN approvals_approval a ON a.result LIKE 'wallet.transaction:%%'
        AND a.result = 'wallet.transaction:' || t.id::text
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.actor LIKE 'staff:%%'
      AND t.kind IN ('adjustment', 'rollback', 'deposit', 'chargeback', 'conversion')
      AND (a.id IS NULL OR t.kind NOT IN ('adjustment', 'rollback') OR a.state <> 'executed'
           OR t.actor <> 'staff:' || a.maker_id
           OR (t.reference <> 'approval:' || a.id AND t.reference NOT LIKE 'approval:' || a.id || ' %%')
           OR a.kind <> CASE WHEN t.kind = 'rollback' THEN 'reversal' ELSE a.kind END
           OR (t.kind = 'adjustment' AND a.kind NOT IN ('adjustment_credit', 'adjustment_debit',
                                                                  'settlement_write_off')))
"""
# The house's line and the player's part as a whole: a credit may repay what the player owes, a debit may become owed.
_AS_APPROVED: Final = """
    WITH approved AS (
        SELECT t.id, a.id AS approval, p.payload ->> 'currency' AS currency, p.payload ->> 'reason_code' AS reason,
               (p.payload ->> 'player')::bigint AS player_id, t.player_id AS booked_player,
               (p.payload ->> 'amount')::numeric * CASE p.payload ->> 'direction' WHEN 'credit' THEN 1 ELSE -1 END
                   AS amount
        FROM wallet_transaction t JOIN approvals_approval a ON a.result LIKE 'wallet.transaction:%%'
        AND a.result = 'wallet.transaction:' || t.id::text
        CROSS JOIN LATERAL (SELECT a.payload::jsonb AS payload) p
        WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.kind = 'adjustment'
          AND a.kind IN ('adjustment_credit', 'adjustment_debit')
    )
    SELECT m.id, m.approval, trim_scale(m.amount), m.currency, m.reason, m.player_id, trim_scale(moved.player),
           trim_scale(moved.house), moved.others
    FROM approved m CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.amount) FILTER (WHERE w.player_id = m.player_id AND e.currency = m.currency
                   AND w.kind IN ('player_real', 'player_receivable')), 0) AS player,
               coalesce(sum(e.amount) FILTER (WHERE w.kind = 'adjustment' AND w.scope = m.reason
                   AND e.currency = m.currency), 0) AS house,
               count(*) FILTER (WHERE w.id IS NULL OR e.currency <> m.currency
                   OR NOT (w.player_id IS NOT DISTINCT FROM m.player_id
                           OR (w.kind = 'adjustment' AND w.scope = m.reason))) AS others
        FROM wallet_entry e LEFT JOIN wallet_account w ON w.id = e.account_id WHERE e.transaction_id = m.id
    ) moved
    WHERE moved.player <> m.amount OR moved.house <> -m.amount OR moved.others <> 0
       OR m.booked_player IS DISTINCT FROM m.player_id
"""
_REVERSED_AS_APPROVED: Final = """
    SELECT t.id, a.id, a.payload::jsonb ->> 'transaction', t.original_id
    FROM wallet_transaction t JOIN approvals_approval a ON a.result LIKE 'wallet.transaction:%%'
        AND a.result = 'wallet.transaction:' || t.id::text
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND a.kind = 'reversal'
      AND (t.kind <> 'rollback' OR t.original_id::text IS DISTINCT FROM a.payload::jsonb ->> 'transaction')
"""
_WITHOUT_RESULT: Final = """
    SELECT a.id, a.result FROM approvals_approval a
    LEFT JOIN wallet_transaction t ON t.id = substr(a.result, length('wallet.transaction:') + 1)::uuid
    WHERE a.result LIKE 'wallet.transaction:%%' AND t.id IS NULL
"""
# The guards keep these; proved here for a database whose guards somebody took away.
_UNSOUND: Final = """
    SELECT a.id, a.payload_sha256 = encode(sha256(convert_to(a.payload, 'UTF8')), 'hex'), a.approvals_needed,
           count(DISTINCT d.person) FILTER (WHERE d.verdict = 'approve' AND d.person <> a.maker_person
               AND d.staff_id <> a.maker_id AND d.at < a.expires_at)
    FROM approvals_approval a LEFT JOIN approvals_approvaldecision d ON d.approval_id = a.id
    WHERE a.state = 'executed' GROUP BY a.id
    HAVING a.payload_sha256 <> encode(sha256(convert_to(a.payload, 'UTF8')), 'hex')
        OR count(DISTINCT d.person) FILTER (WHERE d.verdict = 'approve' AND d.person <> a.maker_person
               AND d.staff_id <> a.maker_id AND d.at < a.expires_at) < a.approvals_needed
"""


def _staff_money_is_approved(scope: Scope) -> Iterator[Breach]:
    for transaction_id, kind, reference, approval, state, approved_kind in scope.each_order_window(_BY_STAFF):
        found = f"approval {approval} ({approved_kind}, {state}), reference {reference!r}" if approval else "none"
        yield Breach(f"{kind} {transaction_id} by staff", "its executed approval, named by both", found)


def _booked_as_approved(scope: Scope) -> Iterator[Breach]:
    for row in scope.each_order_window(_AS_APPROVED):
        transaction_id, approval, amount, currency, reason, player, moved, house, others = row
        yield Breach(
            f"adjustment {transaction_id} of approval {approval}",
            f"{amount} {currency} for player {player} against the house's adjustment of {reason}",
            f"{moved} for the player, {house} for the house, {others} other lines",
        )
    for transaction_id, approval, asked, found in scope.each_order_window(_REVERSED_AS_APPROVED):
        yield Breach(f"reversal {transaction_id} of approval {approval}", f"of transaction {asked}", str(found))


def _results_exist(scope: Scope) -> Iterator[Breach]:
    for approval, result in scope.rows(_WITHOUT_RESULT, {}):
        yield Breach(f"approval {approval}", result, "no such transaction")
    scope.checked(scope.count("SELECT count(*) FROM approvals_approval WHERE state = 'executed'"))


def _approved_by_others(scope: Scope) -> Iterator[Breach]:
    for approval, hashed, needed, people in scope.rows(_UNSOUND, {}):
        found = f"{people} of {needed}" if hashed else "a payload that is not what was hashed"
        yield Breach(f"approval {approval}", f"the payload as hashed, approved by {needed} other people", found)
    scope.checked(scope.count("SELECT count(*) FROM approvals_approvaldecision"))


PROMISES: Final = (
    Promise("staff_money_is_approved", "Staff move money by executed approval alone", _staff_money_is_approved),
    Promise("booked_as_approved", "Adjustments and reversals are booked exactly as approved", _booked_as_approved),
    Promise("approved_results_exist", "Every executed approval's transaction is in the ledger", _results_exist),
    Promise("approved_by_other_people", "What was executed was approved by other people", _approved_by_others),
)


def approval_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
