"""What play promises to `manage.py verify_ledger`: rounds, legs, answers and the ledger tell one story.

The wallet proves its own tables; here the play's are held against them (wallet/verification/registry.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

ROUNDS_AT_ONCE: Final = 50_000

_ANSWERED: Final = "r.commit_order >= %(low)s AND r.commit_order < %(high)s AND r.outcome = 'booked'"
_LEGS: Final = f"(SELECT r.transaction_id AS id FROM wallet_recordedanswer r WHERE {_ANSWERED})"  # noqa: S608 - ours

# A free-round bet moves nothing, whatever its call says; a rollback that found nothing to reverse tells zero.
_ANSWERS: Final = f"""
    SELECT r.provider_id || '/' || r.provider_transaction_id, r.call, trim_scale(r.amount), r.player_id,
           l.id IS NOT NULL, l.kind, trim_scale(l.real + l.bonus), l.player_id, l.provider_transaction_id
    FROM wallet_recordedanswer r LEFT JOIN play_leg l ON l.id = r.transaction_id
    WHERE {_ANSWERED} AND (
        l.id IS NULL OR l.kind <> r.call OR l.player_id IS DISTINCT FROM r.player_id
        OR l.provider_id <> r.provider_id OR l.provider_transaction_id <> r.provider_transaction_id
        OR (l.free_round = '' AND l.real + l.bonus IS DISTINCT FROM r.amount))
"""  # noqa: S608 - the only text put in is our own
_UNANSWERED: Final = """
    SELECT l.id, l.kind FROM play_leg l
    LEFT JOIN wallet_recordedanswer r ON r.provider_id = l.provider_id
        AND r.provider_transaction_id = l.provider_transaction_id
    WHERE r.transaction_id IS DISTINCT FROM l.id
"""
_MONEY: Final = f"""
    SELECT l.id, l.kind, trim_scale(l.real + l.bonus), t.id IS NOT NULL, t.kind, trim_scale(moved.amount)
    FROM {_LEGS} a JOIN play_leg l ON l.id = a.id
    LEFT JOIN play_leg o ON o.id = l.related_id
    LEFT JOIN wallet_transaction t ON t.id = l.id
    LEFT JOIN LATERAL (
        SELECT sum(e.amount) AS amount FROM wallet_entry e JOIN wallet_account w ON w.id = e.account_id
        WHERE e.transaction_id = t.id AND w.player_id = l.player_id
    ) moved ON true
    WHERE (t.id IS NOT NULL) <> (l.real + l.bonus > 0)
       OR (t.id IS NOT NULL AND (
            t.kind <> CASE l.kind WHEN 'jackpot' THEN 'jackpot_win' ELSE l.kind END
            OR moved.amount IS DISTINCT FROM (l.real + l.bonus)
                * CASE WHEN l.kind = 'bet' OR (l.kind = 'rollback' AND o.kind <> 'bet') THEN -1 ELSE 1 END))
"""  # noqa: S608 - the only text put in is our own
_LEGLESS: Final = """
    SELECT t.id, t.kind FROM wallet_transaction t LEFT JOIN play_leg l ON l.id = t.id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND l.id IS NULL AND t.provider_id IS NOT NULL
      AND t.kind IN ('bet', 'win', 'rollback', 'jackpot_win')
"""
_REVERSED: Final = f"""
    SELECT l.id, l.kind, l.reversed_by_id, b.kind, b.related_id = l.id
    FROM {_LEGS} a JOIN play_leg l ON l.id = a.id LEFT JOIN play_leg b ON b.id = l.reversed_by_id
    WHERE l.reversed_by_id IS NOT NULL AND (
        l.kind NOT IN ('bet', 'win') OR b.id IS NULL OR b.kind <> 'rollback' OR b.related_id IS DISTINCT FROM l.id
        OR (b.player_id, b.provider_id, b.real, b.bonus) IS DISTINCT FROM (l.player_id, l.provider_id, l.real, l.bonus))
"""  # noqa: S608 - the only text put in is our own
_REVERSING: Final = f"""
    SELECT l.id, l.related_id
    FROM {_LEGS} a JOIN play_leg l ON l.id = a.id LEFT JOIN play_leg o ON o.id = l.related_id
    WHERE l.kind = 'rollback' AND l.real + l.bonus > 0 AND o.reversed_by_id IS DISTINCT FROM l.id
"""  # noqa: S608 - the only text put in is our own
_STRANGERS: Final = f"""
    SELECT l.id, l.kind, l.round_id, d.id IS NOT NULL, l.player_id, d.player_id
    FROM {_LEGS} a JOIN play_leg l ON l.id = a.id LEFT JOIN play_round d ON d.id = l.round_id
    WHERE (l.round_id IS NULL AND l.kind <> 'rollback')
       OR (l.round_id IS NOT NULL AND (l.player_id, l.provider_id) IS DISTINCT FROM (d.player_id, d.provider_id))
"""  # noqa: S608 - the only text put in is our own
# What were CHECKs on the hot tables, had they cost nothing (ADR 0003).
_ILL_FORMED: Final = f"""
    SELECT l.id, l.kind, trim_scale(least(l.real, l.bonus, l.contribution)), d.id, d.state, d.closed_at IS NOT NULL
    FROM {_LEGS} a JOIN play_leg l ON l.id = a.id LEFT JOIN play_round d ON d.id = l.round_id
    WHERE l.real < 0 OR l.bonus < 0 OR l.contribution < 0 OR l.kind NOT IN ('bet', 'win', 'rollback', 'jackpot')
       OR (d.state, d.closed_at IS NOT NULL) NOT IN (('open', false), ('closed', true))
"""  # noqa: S608 - the only text put in is our own
_SUMS: Final = """
    SELECT d.id, trim_scale(d.staked), trim_scale(d.won), d.live_bets, d.live_wins, d.dead_bets,
           trim_scale(s.staked), trim_scale(s.won), s.live_bets, s.live_wins, s.dead_bets
    FROM play_round d CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.real + l.bonus) FILTER (WHERE l.kind = 'bet' AND l.reversed_by_id IS NULL), 0) AS staked,
               coalesce(sum(l.real + l.bonus) FILTER (WHERE l.kind IN ('win', 'jackpot')
                                                        AND l.reversed_by_id IS NULL), 0) AS won,
               count(*) FILTER (WHERE l.kind = 'bet' AND l.reversed_by_id IS NULL) AS live_bets,
               count(*) FILTER (WHERE l.kind IN ('win', 'jackpot') AND l.win_kind <> 'promo'
                                  AND l.reversed_by_id IS NULL) AS live_wins,
               count(*) FILTER (WHERE l.kind = 'bet' AND l.reversed_by_id IS NOT NULL) AS dead_bets
        FROM play_leg l WHERE l.round_id = d.id
    ) s
    WHERE {rounds} AND (d.staked, d.won, d.live_bets, d.live_wins, d.dead_bets)
                       IS DISTINCT FROM (s.staked, s.won, s.live_bets, s.live_wins, s.dead_bets)
"""
_TOUCHED: Final = f"d.id IN (SELECT l.round_id FROM {_LEGS} a JOIN play_leg l ON l.id = a.id)"  # noqa: S608 - ours
_SUM_NAMES: Final = ("staked", "won", "live bets", "live wins", "dead bets")


def _legs(scope: Scope, query: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a query over the legs that were answered in each window of the ledger's order."""
    for window in scope.orders:
        yield from scope.rows(query, window)
        scope.checked(scope.count(f"SELECT count(*) FROM {_LEGS} a", window))  # noqa: S608 - our own text


def _answers_have_legs(scope: Scope) -> Iterator[Breach]:
    for answer, call, amount, player, there, kind, booked, leg_player, leg_name in _legs(scope, _ANSWERS):
        where = f"answer {answer}"
        if not there:
            yield Breach(where, f"a leg of this {call}", "none")
        elif kind != call or booked != amount:
            yield Breach(where, f"a {call} of {amount}", f"a {kind} of {booked}")
        else:
            yield Breach(where, f"a leg of player {player}", f"{leg_name!r} of player {leg_player}")


def _legs_are_answered(scope: Scope) -> Iterator[Breach]:
    if not scope.everything:
        return  # a leg without its answer has no place in the order; only the whole proof can see it
    for leg, kind in scope.rows(_UNANSWERED, None):
        yield Breach(f"{kind} leg {leg}", "the answer of its id names it", "none does")
    scope.checked(scope.count("SELECT count(*) FROM play_leg"))


def _legs_move_money(scope: Scope) -> Iterator[Breach]:
    for leg, kind, amount, there, booked, moved in _legs(scope, _MONEY):
        due = f"a ledger transaction of {amount} with its id" if amount else "no ledger transaction: nothing moved"
        yield Breach(f"{kind} leg {leg}", due, f"{booked} that moved {moved}" if there else "none")
    for transaction_id, kind in scope.each_order_window(_LEGLESS):
        yield Breach(f"{kind} {transaction_id}", "a leg with its id", "none")


def _reversals_pair_up(scope: Scope) -> Iterator[Breach]:
    for leg, kind, rollback, by, mutual in _legs(scope, _REVERSED):
        found = f"{by or 'no leg'} {rollback}" + ("" if mutual else ", which reverses another")
        yield Breach(f"{kind} leg {leg}", "reversed by a rollback of its player and amounts", found)
    for leg, original in _legs(scope, _REVERSING):
        yield Breach(f"rollback leg {leg}", f"leg {original} is reversed by it", "it is not")


def _one_player(scope: Scope) -> Iterator[Breach]:
    for leg, kind, round_id, there, player, owner in _legs(scope, _STRANGERS):
        where = f"{kind} leg {leg}"
        if not there:
            yield Breach(where, "a round", f"no round {round_id}" if round_id else "none")
        else:
            yield Breach(where, f"player {owner} and the provider of round {round_id}", f"player {player}")


def _well_formed(scope: Scope) -> Iterator[Breach]:
    for leg, kind, least, round_id, state, has_time in _legs(scope, _ILL_FORMED):
        if least < 0:
            yield Breach(f"{kind} leg {leg}", "no amount below 0", str(least))
        else:
            found = f"{state}, with{'' if has_time else 'out'} a closing time; a {kind} leg"
            yield Breach(f"round {round_id}", "closed with its time, or open without; legs of known kinds", found)


def _rounds_add_up(scope: Scope) -> Iterator[Breach]:
    for rows, counted in _round_windows(scope):
        for row in rows:
            told, due = row[1:6], row[6:11]
            name, found, expected = next(
                (name, found, expected)
                for name, found, expected in zip(_SUM_NAMES, told, due, strict=True)
                if found != expected
            )
            yield Breach(f"round {row[0]}", f"{name} {expected}, by its legs", f"{name} {found}")
        scope.checked(counted)


def _round_windows(scope: Scope) -> Iterator[tuple[Iterator[tuple[Any, ...]], int]]:
    """Broken rounds by ranges of ids, or of what was answered since a seal; and how many were looked at."""
    if not scope.everything:
        for window in scope.orders:
            counted = f"SELECT count(*) FROM play_round d WHERE {_TOUCHED}"  # noqa: S608 - our own text
            yield scope.rows(_SUMS.replace("{rounds}", _TOUCHED), window), scope.count(counted, window)
        return
    low, last = 0, scope.count("SELECT coalesce(max(id), 0) FROM play_round")
    while low < last:
        between = {"low": low, "high": low + ROUNDS_AT_ONCE}
        ids = "d.id > %(low)s AND d.id <= %(high)s"
        counted = f"SELECT count(*) FROM play_round d WHERE {ids}"  # noqa: S608 - our own text
        yield scope.rows(_SUMS.replace("{rounds}", ids), between), scope.count(counted, between)
        low += ROUNDS_AT_ONCE


PROMISES: Final = (
    Promise("answers_have_their_legs", "Every booked answer has its leg, player and amount", _answers_have_legs),
    Promise("legs_are_answered", "Every leg is named by the answer of its id", _legs_are_answered),
    Promise("legs_move_their_money", "Legs and ledger transactions are of the same amounts", _legs_move_money),
    Promise("reversals_pair_up", "Every reversed leg has its rollback, and the other way about", _reversals_pair_up),
    Promise("rounds_have_one_player", "Every leg is of its round's player and provider", _one_player),
    Promise("play_is_well_formed", "Legs are of known kinds and amounts, rounds closed with their time", _well_formed),
    Promise("rounds_add_up", "Every round's sums and counts are those of its legs", _rounds_add_up),
)


def play_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
