"""Promises about recorded answers: each tells of the ledger what the ledger says, and refusals moved nothing.

What needs the play's own tables (that an answer's leg exists) is proved there (casino.play registers it).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wallet.verification.answer_bodies import body_breach
from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope

_IN_WINDOW: Final = "r.commit_order >= %(low)s AND r.commit_order < %(high)s"
_COUNT: Final = f"SELECT count(*) FROM wallet_recordedanswer r WHERE {_IN_WINDOW}"  # noqa: S608 - our own text
# An answer is written in the database transaction of what it tells, so both have one commit order.
_MISMATCHES: Final = f"""
    SELECT r.provider_id || '/' || r.provider_transaction_id, r.call, t.id, t.kind,
           r.player_id IS NOT DISTINCT FROM t.player_id, r.provider_id = t.provider_id,
           r.commit_order = t.commit_order, trim_scale(r.amount), r.currency, trim_scale(moved.amount)
    FROM wallet_recordedanswer r
    LEFT JOIN LATERAL (SELECT * FROM wallet_transaction x WHERE x.id = r.transaction_id OFFSET 0) t ON true
    LEFT JOIN LATERAL (
        SELECT sum(e.amount) AS amount FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
        WHERE e.transaction_id = t.id AND a.player_id = r.player_id AND e.currency = r.currency
    ) moved ON true
    WHERE {_IN_WINDOW} AND r.outcome = 'booked' AND (
        (t.id IS NULL AND r.call IN ('win', 'jackpot') AND r.amount > 0)
        OR (t.id IS NOT NULL AND (
            t.kind <> CASE r.call WHEN 'jackpot' THEN 'jackpot_win' ELSE r.call END
            OR r.player_id IS DISTINCT FROM t.player_id OR r.provider_id IS DISTINCT FROM t.provider_id
            OR r.commit_order <> t.commit_order
            OR moved.amount IS DISTINCT FROM CASE r.call WHEN 'bet' THEN -r.amount
                WHEN 'rollback' THEN sign(moved.amount) * r.amount ELSE r.amount END)))
"""  # noqa: S608 - the only text put in is our own
_UNANSWERED: Final = """
    SELECT t.id, t.kind, count(r.transaction_id)
    FROM wallet_transaction t
    LEFT JOIN wallet_recordedanswer r ON r.transaction_id = t.id AND r.outcome = 'booked'
        AND r.commit_order >= %(low)s AND r.commit_order < %(high)s
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.provider_id IS NOT NULL
      AND t.kind IN ('bet', 'win', 'rollback', 'jackpot_win')
    GROUP BY t.id HAVING count(r.transaction_id) <> 1
"""
# That no money moved beside them follows from transactions_are_answered: every movement has its own booked answer.
_REFUSALS: Final = f"""
    SELECT r.provider_id || '/' || r.provider_transaction_id, r.outcome, r.transaction_id
    FROM wallet_recordedanswer r WHERE {_IN_WINDOW} AND r.outcome <> 'booked' AND r.transaction_id IS NOT NULL
"""  # noqa: S608 - the only text put in is our own
_BODIES: Final = f"""
    SELECT r.provider_id || '/' || r.provider_transaction_id, r.outcome, r.transaction_id::text, r.currency, r.body,
           told.real, told.bonus
    FROM wallet_recordedanswer r
    LEFT JOIN LATERAL (
        SELECT (array_agg(e.balance_after ORDER BY e.account_version DESC) FILTER (WHERE a.kind = 'player_real'))[1]
                   AS real,
               (array_agg(e.balance_after ORDER BY e.account_version DESC) FILTER (WHERE a.kind = 'player_bonus'))[1]
                   AS bonus
        FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
        WHERE e.transaction_id = r.transaction_id AND a.player_id = r.player_id AND e.currency = r.currency
    ) told ON true
    WHERE {_IN_WINDOW}
"""  # noqa: S608 - the only text put in is our own


def _answers(scope: Scope, query: str) -> Iterator[tuple[Any, ...]]:
    for window in scope.orders:
        yield from scope.rows(query, window)
        scope.checked(scope.count(_COUNT, window))


def _match(scope: Scope) -> Iterator[Breach]:
    for row in _answers(scope, _MISMATCHES):
        answer, call, transaction_id, kind, player, provider, together, amount, currency, moved = row
        where = f"answer {answer}"
        if transaction_id is None:
            yield Breach(where, f"a ledger transaction of {amount} {currency}", "none")
        elif kind != {"jackpot": "jackpot_win"}.get(call, call):
            yield Breach(where, f"a {call}", f"{kind} {transaction_id}")
        elif not (player and provider):
            yield Breach(where, "its own player and provider", f"others in transaction {transaction_id}")
        elif not together:
            yield Breach(where, f"booked together with {transaction_id}", "in another database transaction")
        else:
            yield Breach(where, f"{call} of {amount} {currency}", f"{moved or 0} {currency} in {transaction_id}")


def _answered(scope: Scope) -> Iterator[Breach]:
    for transaction_id, kind, answers in scope.each_order_window(_UNANSWERED):
        yield Breach(f"{kind} {transaction_id}", "one booked answer that names it", f"{answers}")


def _nothing_moved(scope: Scope) -> Iterator[Breach]:
    for answer, outcome, transaction_id in _answers(scope, _REFUSALS):
        yield Breach(f"answer {answer}", f"{outcome}: no transaction", f"transaction {transaction_id}")


def _bodies(scope: Scope) -> Iterator[Breach]:
    for answer, outcome, transaction_id, currency, body, real, bonus in _answers(scope, _BODIES):
        breach = body_breach(bytes(body), outcome, transaction_id, currency, real, bonus)
        if breach is not None:
            yield Breach(f"answer {answer}", *breach)


PROMISES: Final = (
    Promise("answers_match_transactions", "Every booked answer matches its transaction", _match),
    Promise("transactions_are_answered", "Every provider's transaction has its one answer", _answered),
    Promise("refusals_moved_nothing", "Refused and tombstoned calls moved nothing", _nothing_moved),
    Promise("answers_tell_the_ledger", "Every answer's bytes tell the transaction and balance booked", _bodies),
)
