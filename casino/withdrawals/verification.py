"""What withdrawals promise to `manage.py verify_ledger`: held while open, paid as booked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casino.withdrawals.states import OPEN
from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

_OPEN: Final = str(tuple(state.value for state in OPEN))
# The first tries of an open withdrawal hold all of it; a hold that ended was paid out by a try of its part.
_HELD: Final = f"""
    SELECT w.reference, w.amount, coalesce(sum(p.held), 0)
    FROM withdrawals_withdrawal w
    LEFT JOIN withdrawals_payout p ON p.withdrawal_id = w.id AND p.attempt = 1
    LEFT JOIN wallet_hold h ON h.id = p.hold_id
    WHERE w.state IN {_OPEN} GROUP BY w.id
    HAVING coalesce(sum(p.held), 0) <> w.amount OR NOT bool_and(
        h.amount = p.held AND (h.state = 'open' OR h.state = 'settled' AND EXISTS (
            SELECT 1 FROM withdrawals_payout s WHERE s.hold_id = h.id AND s.settled_by = h.ended_by_id)))
"""  # noqa: S608 - our own words
_STRAY: Final = f"""
    SELECT h.id, h.reason FROM wallet_hold h
    WHERE h.state = 'open' AND h.reason LIKE 'withdrawal W-%%' AND NOT EXISTS (
        SELECT 1 FROM withdrawals_payout p JOIN withdrawals_withdrawal w ON w.id = p.withdrawal_id
        WHERE p.hold_id = h.id AND w.state IN {_OPEN})
"""  # noqa: S608 - our own words
_PAID: Final = """
    SELECT p.reference, p.held, t.kind, -sum(e.amount) FROM withdrawals_payout p
    JOIN withdrawals_withdrawal w ON w.id = p.withdrawal_id
    LEFT JOIN wallet_transaction t ON t.id = p.settled_by
    LEFT JOIN (wallet_entry e JOIN wallet_account a ON a.id = e.account_id)
        ON e.transaction_id = t.id AND a.player_id = p.player_id AND a.currency = w.currency
    WHERE p.settled_by IS NOT NULL GROUP BY p.id, t.id
    HAVING t.kind IS DISTINCT FROM 'withdrawal' OR -sum(e.amount) IS DISTINCT FROM p.held
"""
_RETURNED: Final = """
    SELECT p.reference, p.held, t.kind, sum(e.amount) FROM withdrawals_payout p
    JOIN withdrawals_withdrawal w ON w.id = p.withdrawal_id
    LEFT JOIN wallet_transaction t ON t.id = p.returned_by
    LEFT JOIN (wallet_entry e JOIN wallet_account a ON a.id = e.account_id)
        ON e.transaction_id = t.id AND a.player_id = p.player_id AND a.currency = w.currency
    WHERE p.returned_by IS NOT NULL GROUP BY p.id, t.id
    HAVING t.kind IS DISTINCT FROM 'withdrawal_return' OR sum(e.amount) IS DISTINCT FROM p.held
"""
_UNTOLD: Final = """
    SELECT t.id FROM wallet_transaction t WHERE t.kind = 'withdrawal_return'
        AND NOT EXISTS (SELECT 1 FROM withdrawals_payout p WHERE p.returned_by = t.id)
"""


def _open_is_held(scope: Scope) -> Iterator[Breach]:
    for reference, amount, held in scope.rows(_HELD, None):
        yield Breach(f"withdrawal {reference}", f"{amount} is held while it is open", f"{held}, or a hold that ended")
    for hold, reason in scope.rows(_STRAY, []):
        yield Breach(f"hold {hold}", f"an open withdrawal ({reason})", "none")
    scope.checked(scope.count("SELECT count(*) FROM withdrawals_withdrawal"))


def _paid_is_booked(scope: Scope) -> Iterator[Breach]:
    for reference, held, kind, moved in scope.rows(_PAID, None):
        yield Breach(f"payment {reference}", f"a withdrawal of {held}", f"{kind or 'nothing'} of {moved or 0}")
    for reference, held, kind, moved in scope.rows(_RETURNED, None):
        yield Breach(f"payment {reference}", f"{held} came back", f"{kind or 'nothing'} of {moved or 0}")
    for (key,) in scope.rows(_UNTOLD, None):
        yield Breach(f"transaction {key}", "a payment that came back", "none")
    scope.checked(scope.count("SELECT count(*) FROM withdrawals_payout"))


PROMISES: Final = (
    Promise("open_withdrawals_are_held", "Every open withdrawal has its hold, and the other way round", _open_is_held),
    Promise("paid_withdrawals_are_booked", "What was paid, and what came back, is what was booked", _paid_is_booked),
)


def withdrawal_promises_register() -> None:
    """Called once from the app's ready()."""
    for promise in PROMISES:
        promise_register(promise)
