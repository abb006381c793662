"""The rollback: what is reversed, and what is only remembered (wallet-api-v1 §4.3)."""

from __future__ import annotations

from casino.play import errors
from casino.play.booking import Booking
from casino.play.desk import Desk
from casino.play.enums import LegKind, WinKind
from casino.play.postings import win_reversal_postings
from casino.play.situation import Situation
from casino.play.types import RollbackCall
from common.errors import BrokenPromise
from common.money import ZERO
from compliance.limits.decisions import rollback_count
from wallet.enums import AnswerOutcome, TransactionKind
from wallet.postings import EntryLine, Running, entries_of, repayment, reversed_lines

NOT_FOUND = "not_found"
ALREADY_REVERSED = "already_reversed"
REVERSED = "reversed"


def rollback_decide(call: RollbackCall, desk: Desk) -> Booking:
    """The reversal of one bet or win; money comes back once, under whatever id and however often it is asked for."""
    s = desk.situation
    if s.other_outcome is not None and s.other_player_id not in (None, s.player_id):
        raise errors.PlayerMismatch
    if s.other_outcome is None:
        return _remembered(desk, NOT_FOUND, tombstone=call.original_transaction_id)
    if s.other_outcome != AnswerOutcome.BOOKED:
        return _remembered(desk, NOT_FOUND, tombstone=None)
    if s.other_call not in (LegKind.BET, LegKind.WIN):
        raise errors.InvalidRequest(field="original_transaction_id", problem=f"names a {s.other_call}")
    if s.other_reversed_by is not None:
        return _remembered(desk, ALREADY_REVERSED, tombstone=None)
    if s.other_call == LegKind.BET:
        if s.other_live_wins:
            raise errors.OriginalSettled
        return _reversal(desk, _bet_lines(desk), live_bets=-1, live_wins=0)
    live_wins = 0 if s.other_win_kind == WinKind.PROMO else -1
    return _reversal(desk, _win_lines(desk), live_bets=0, live_wins=live_wins)


def _bet_lines(desk: Desk) -> list[EntryLine]:
    s = desk.situation
    running = Running()
    lines = reversed_lines(desk.originals, running)
    return lines + running.lines(repayment(s.real, s.receivable, s.other_real), desk.rates())


def _win_lines(desk: Desk) -> list[EntryLine]:
    s = desk.situation
    if s.receivable is None:
        raise BrokenPromise("the service opens the receivable before a win is taken back")
    postings = win_reversal_postings(
        house=desk.house,
        real=s.real,
        bonus=s.bonus,
        receivable=s.receivable,
        win_real=s.other_real,
        win_bonus=s.other_bonus,
    )
    return entries_of(postings, desk.rates())


def _reversal(desk: Desk, lines: list[EntryLine], *, live_bets: int, live_wins: int) -> Booking:
    s: Situation = desk.situation
    amount = s.other_real + s.other_bonus
    return Booking(
        kind=TransactionKind.ROLLBACK,
        leg_kind=LegKind.ROLLBACK,
        lines=lines,
        fx_rate_id=desk.fx_rate_id,
        round_id=s.other_round_id,
        round_reference=s.other_round_reference,
        game_id=s.other_game_id,
        staked=-amount if live_bets else ZERO,
        won=ZERO if live_bets else -amount,
        live_bets=live_bets,
        live_wins=live_wins,
        dead_bets=-live_bets,
        real=s.other_real,
        bonus=s.other_bonus,
        contribution=s.other_contribution,
        related_id=s.other_leg_id,
        reverses=True,
        counted=_counted(desk, staked=bool(live_bets)),
        said={"original": REVERSED},
    )


def _counted(desk: Desk, *, staked: bool) -> str | None:
    """What the limits take back of the original, in the periods in which it was counted."""
    s = desk.situation
    if desk.limits is None or s.other_booked_at is None:
        return None
    if not staked:
        return rollback_count(won=s.other_real, booked_at=s.other_booked_at, limits=desk.limits, now=desk.now)
    return rollback_count(
        stake=s.other_real + s.other_bonus, real=s.other_real, booked_at=s.other_booked_at, limits=desk.limits,
        now=desk.now,
    )  # fmt: skip


def _remembered(desk: Desk, original: str, *, tombstone: str | None) -> Booking:
    """Nothing moves; the call is kept as a leg, and an unknown original as a tombstone."""
    s = desk.situation
    return Booking(
        kind=TransactionKind.ROLLBACK,
        leg_kind=LegKind.ROLLBACK,
        lines=[],
        fx_rate_id=None,
        round_id=s.other_round_id,
        round_reference=s.other_round_reference if s.other_round_id else None,
        game_id=s.other_game_id,
        related_id=s.other_leg_id,
        tombstone=tombstone,
        said={"original": original},
    )
