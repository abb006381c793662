"""The bet: may it be placed, and what moves. Pure (wallet-api-v1 §4.4 to §4.8)."""

from __future__ import annotations

from decimal import Decimal

from casino.games.enums import SLOTS, StopScope
from casino.play import errors
from casino.play.booking import Booking
from casino.play.decisions.wallet import currency_check
from casino.play.desk import Desk
from casino.play.enums import LegKind, RoundState, SessionMode
from casino.play.postings import bet_postings, contribution_postings
from casino.play.situation import Situation
from casino.play.types import BetCall
from common.currencies import CURRENCIES
from common.money import ZERO, base_amount, converted
from compliance.errors import LimitReached, PlayerBlocked
from compliance.gate.terms import Terms
from compliance.limits.decisions import bet_check, bet_count
from wallet.enums import TransactionKind
from wallet.errors import InsufficientFunds
from wallet.postings import entries_of


def bet_decide(call: BetCall, desk: Desk) -> Booking:
    """The booking of a stake, or the refusal that comes first in the contract's order."""
    s = desk.situation
    session_check(s, desk)
    currency_check(s, call.currency)
    game_check(s)
    stop_check(s)
    refusal = desk.terms.refusal()
    if refusal is not None:
        raise refusal
    if s.player_is_test and not desk.sandbox:
        raise PlayerBlocked(status="test_player")
    stake = ZERO if call.free_round_id else call.amount
    stake_check(s, stake, desk.units_per_base)
    slot_cap_check(s, stake, desk.terms)
    limits_check(desk, stake)
    if s.round_id is not None and s.round_state == RoundState.CLOSED:
        raise errors.RoundClosed
    if call.contribution > call.amount:
        raise errors.InvalidAmount(field="jackpot_contribution", problem="is more than the stake")
    if call.contribution > ZERO and desk.pool is None:
        raise errors.JackpotNotFound
    if s.real_balance < stake:
        raise InsufficientFunds
    contribution = call.contribution if stake > ZERO else ZERO
    return _booking(call, desk, stake, contribution)


def _booking(call: BetCall, desk: Desk, stake: Decimal, contribution: Decimal) -> Booking:
    s = desk.situation
    in_pool = contribution
    if desk.pool is not None and desk.pool.currency != s.player_currency:
        scale = CURRENCIES[desk.pool.currency].ledger_scale
        in_pool = converted(contribution, desk.units_per_base, desk.pool.units_per_base, scale)
    postings = bet_postings(
        house=desk.house, real=s.real, bonus=s.bonus, stake_real=stake, stake_bonus=ZERO
    ) + contribution_postings(house=desk.house, amount=contribution, in_pool=in_pool)
    return Booking(
        kind=TransactionKind.BET,
        leg_kind=LegKind.BET,
        lines=entries_of(postings, desk.rates()),
        fx_rate_id=desk.fx_rate_id,
        round_id=s.round_id,
        round_reference=call.round_id,
        game_id=s.game_id,
        session_id=s.session_id,
        closes=call.round_closed,
        staked=stake,
        live_bets=1,
        free_round=call.free_round_id,
        real=stake,
        contribution=contribution,
        touch_session=desk.now - s.session_last_seen_at >= desk.session_touch,
        counted=bet_count(stake=stake, real=stake, limits=desk.limits, now=desk.now) if desk.limits else None,
    )


def session_check(s: Situation, desk: Desk) -> None:
    """The session exists, is this player's, was authenticated, plays for real money, and is alive."""
    if s.session_id is None or s.session_authenticated_at is None or s.session_mode != SessionMode.REAL:
        raise errors.SessionNotFound
    if s.session_player_id != s.player_id:
        raise errors.PlayerMismatch
    if s.session_ended_at is not None or desk.now - s.session_last_seen_at > desk.session_idle:
        raise errors.SessionExpired
    if desk.terms.idle is not None and desk.now - s.session_last_seen_at > desk.terms.idle:
        raise errors.SessionExpired(reason="session_reauth")


def game_check(s: Situation) -> None:
    """The game exists and is open to the player's brand and country."""
    if s.game_id is None:
        raise errors.GameNotFound
    if not (s.game_enabled and s.game_real_enabled):
        raise errors.GameDisabled
    if s.game_blocked_country is not None:
        raise errors.GameDisabled(country=s.game_blocked_country)
    if s.game_blocked_brand is not None:
        raise errors.GameDisabled(brand=str(s.game_blocked_brand))


def stop_check(s: Situation) -> None:
    """No stop is in force against all gaming, the provider, the game or the player (backoffice.md §4.11)."""
    if s.stopped == StopScope.PLAYER:
        raise PlayerBlocked(status="stopped")
    if s.stopped is not None:
        raise errors.GameDisabled(stopped=s.stopped)


def stake_check(s: Situation, stake: Decimal, units_per_base: Decimal) -> None:
    """The stake in base currency is within the limits of game and provider; the stricter one decides.

    A stake of zero (free rounds, feature spins) has no lower limit.
    """
    in_base = base_amount(stake, units_per_base)
    least = max((limit for limit in (s.game_min_stake, s.provider_min_stake) if limit is not None), default=None)
    most = min((limit for limit in (s.game_max_stake, s.provider_max_stake) if limit is not None), default=None)
    if most is not None and in_base > most:
        raise errors.StakeLimitExceeded(bound="max", limit_in_base=f"{most.normalize():f}")
    if least is not None and ZERO < in_base < least:
        raise errors.StakeLimitExceeded(bound="min", limit_in_base=f"{least.normalize():f}")


def slot_cap_check(s: Situation, stake: Decimal, terms: Terms) -> None:
    """The stake on a slot is within what the law allows a player of that age (UK-13)."""
    if terms.slot_cap is not None and s.game_category in SLOTS and stake > terms.slot_cap:
        raise errors.StakeLimitExceeded(bound="law", limit=f"{terms.slot_cap.normalize():f}")


def limits_check(desk: Desk, stake: Decimal) -> None:
    """The stake leaves every limit of the player unbroken; how much is used is the player's own affair."""
    if desk.limits is None:
        return
    if bet_check(stake=stake, real=stake, limits=desk.limits, now=desk.now) is not None:
        raise LimitReached
