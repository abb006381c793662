"""The win: which bet it belongs to, and what moves. Money owed is always booked (wallet-api-v1 §4.4, §4.5)."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from casino.play import errors
from casino.play.booking import Booking
from casino.play.decisions.wallet import currency_check
from casino.play.desk import Desk
from casino.play.enums import LegKind, RoundState, WinKind
from casino.play.postings import win_postings
from casino.play.situation import Situation
from casino.play.types import WinCall
from common.currencies import CURRENCIES
from common.money import ZERO, allocated
from compliance.limits.decisions import win_count
from wallet.enums import AnswerOutcome, TransactionKind
from wallet.postings import entries_of


def win_decide(call: WinCall, desk: Desk) -> Booking:
    """The booking of a payout, zero included, or the refusal that comes first."""
    s = desk.situation
    currency_check(s, call.currency)
    if s.game_id is None:
        raise errors.GameNotFound
    if s.session_id is not None and s.session_player_id != s.player_id:
        raise errors.PlayerMismatch
    if call.bet_transaction_id:
        named_bet_check(s, call)
    if call.kind == WinKind.GAME:
        round_check(s)
    if call.kind == WinKind.FREE_ROUND and s.round_id is not None and s.round_live_bets == 0 < s.round_dead_bets:
        raise errors.TransactionRolledBack
    if s.round_id is not None and s.round_state == RoundState.CLOSED and call.kind != WinKind.PROMO:
        raise errors.RoundClosed
    bet_id, win_real, win_bonus = split(s, call.amount)
    postings = win_postings(
        house=desk.house,
        real=s.real,
        bonus=s.bonus,
        receivable=s.receivable,
        win_real=win_real,
        win_bonus=win_bonus,
    )
    return Booking(
        kind=TransactionKind.WIN,
        leg_kind=LegKind.WIN,
        lines=entries_of(postings, desk.rates()),
        fx_rate_id=desk.fx_rate_id,
        round_id=s.round_id,
        round_reference=call.round_id,
        game_id=s.game_id,
        session_id=s.session_id,
        closes=call.round_closed,
        won=call.amount,
        live_wins=0 if call.kind == WinKind.PROMO else 1,
        win_kind=call.kind.value,
        real=win_real,
        bonus=win_bonus,
        related_id=bet_id,
        counted=win_count(real=win_real, limits=desk.limits, now=desk.now) if desk.limits else None,
    )


def named_bet_check(s: Situation, call: WinCall) -> None:
    """The bet that the win names is booked, this player's, in this round, and not rolled back."""
    if s.other_outcome is not None and s.other_player_id not in (None, s.player_id):
        raise errors.PlayerMismatch
    if s.other_outcome == AnswerOutcome.TOMBSTONE or s.other_reversed_by is not None:
        raise errors.TransactionRolledBack
    if s.other_outcome != AnswerOutcome.BOOKED or s.other_call != LegKind.BET:
        raise errors.BetNotFound
    if s.other_round_reference != call.round_id:
        raise errors.BetNotFound


def round_check(s: Situation) -> None:
    """A game win, and a jackpot, need a bet of their round that still stands."""
    if s.round_id is None or (s.round_live_bets == 0 and s.round_dead_bets == 0):
        raise errors.BetNotFound
    if s.round_live_bets == 0:
        raise errors.TransactionRolledBack


def split(s: Situation, amount: Decimal) -> tuple[UUID | None, Decimal, Decimal]:
    """The bet that the win follows, and the win's real and bonus parts by that bet's stored split."""
    if s.other_leg_id is not None and s.other_call == LegKind.BET:
        bet_id, stake = s.other_leg_id, [s.other_real, s.other_bonus]
    elif s.bet_leg_id is not None:
        bet_id, stake = s.bet_leg_id, [s.bet_real, s.bet_bonus]
    else:
        return None, amount, ZERO
    if s.bonus is None:
        return bet_id, amount, ZERO
    real, bonus = allocated(amount, stake, CURRENCIES[s.player_currency].ledger_scale)
    return bet_id, real, bonus
