"""Laying out the desk for a decision: house accounts, rates, the pool, the original's entries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from casino.jackpots.selectors.jackpots import JackpotFacts, jackpot_locked, jackpot_of_game
from casino.play.desk import Desk, Pool
from casino.play.enums import LegKind
from casino.play.postings import House
from casino.play.situation import Situation
from casino.play.types import BetCall, Caller, JackpotCall, MoneyCall, RollbackCall
from common.money import ZERO
from compliance.gate.services.standing import standing_renew
from compliance.gate.terms import FREE, STALE, Terms, terms_read
from compliance.limits.decisions import play_limits_read
from wallet.enums import AccountKind, AnswerOutcome
from wallet.postings import BookedEntry
from wallet.selectors.booked_entries import booked_entries
from wallet.selectors.fx_rates import RateInForce
from wallet.selectors.house_balances import house_balance
from wallet.selectors.rates import rate_by_id, rate_for_bet, rate_on, units_per_base
from wallet.services.accounts import house_account, house_account_find, player_account_open

SESSION_TOUCH = timedelta(seconds=30)


def desk_lay(*, call: MoneyCall, caller: Caller, situation: Situation, now: datetime) -> Desk:
    """Everything that the call's decision reads, inside the open transaction.

    Raises TemporarilyUnavailable when there is no rate, or for a bet when it is stale.
    """
    situation = _with_receivable(call, situation)
    currency = situation.player_currency
    rate = _rate(call, situation, now)
    jackpot = _jackpot(call, caller, situation)
    house = House(gaming=house_account(kind=AccountKind.GAMING, scope=caller.code, currency=currency))
    pool = None
    if jackpot is not None:
        house = _with_pool(house, jackpot, caller, currency)
        # Only a win needs to know what is in the pool; a bet must not wait for it.
        balance = house_balance(house.pool.id) if isinstance(call, JackpotCall) and house.pool else ZERO
        pool = Pool(
            balance=balance,
            seed=jackpot.seed,
            units_per_base=rate.units_per_base
            if jackpot.currency == currency
            # Of the same day as the bet's own rate: a cross rate of two days would be nobody's rate.
            else rate_on(jackpot.currency, rate.valid_on or now.date()).units_per_base,
            currency=jackpot.currency,
        )
    return Desk(
        situation=situation,
        house=house,
        units_per_base=rate.units_per_base,
        fx_rate_id=rate.id,
        now=now,
        session_idle=settings.SESSION_IDLE,
        session_touch=SESSION_TOUCH,
        sandbox=settings.SANDBOX,
        pool=pool,
        originals=_originals(call, situation),
        terms=_terms(call, situation, now),
        limits=play_limits_read(situation.limits),
    )


def house_warm(*, caller: Caller, currency: str) -> None:
    """Before the transaction: remember the provider's gaming account, if it is open. Opens none: the currency is only
    what the caller says."""
    house_account_find(kind=AccountKind.GAMING, scope=caller.code, currency=currency)


def pool_warm(*, caller: Caller, game_code: str, currency: str) -> None:
    """Before the transaction: remember the accounts that a contribution touches, if they are open."""
    jackpot = jackpot_of_game(caller.provider_id, game_code)
    if jackpot is None:
        return
    for kind, scope, money in (
        (AccountKind.JACKPOT_POOL, jackpot.scope, jackpot.currency),
        (AccountKind.JACKPOT_FUNDING, jackpot.scope, jackpot.currency),
        (AccountKind.FX, caller.code, currency),
        (AccountKind.FX, caller.code, jackpot.currency),
    ):
        house_account_find(kind=kind, scope=scope, currency=money)


def _terms(call: MoneyCall, s: Situation, now: datetime) -> Terms:
    """What the gate says of a bet; worked out anew when it is stale. Money owed is booked without asking."""
    if not isinstance(call, BetCall) or s.player_id is None:
        return FREE
    return standing_renew(player_id=s.player_id, now=now) if s.terms == STALE else terms_read(s.terms)


def _rate(call: MoneyCall, s: Situation, now: datetime) -> RateInForce:
    """A bet takes the rate of the moment; wins and reversals take their bet's (wallet-api-v1 §4.8)."""
    if isinstance(call, BetCall):
        return rate_for_bet(s.player_currency, now)
    bet_rate = s.other_fx_rate_id if s.other_leg_id is not None else s.bet_fx_rate_id
    return rate_by_id(bet_rate) if bet_rate is not None else units_per_base(s.player_currency, now)


def _jackpot(call: MoneyCall, caller: Caller, s: Situation) -> JackpotFacts | None:
    if isinstance(call, JackpotCall):
        return jackpot_locked(provider_id=caller.provider_id, code=call.jackpot_code)
    if isinstance(call, BetCall) and call.contribution > ZERO and s.game_id is not None:
        return jackpot_of_game(caller.provider_id, call.game_code)
    return None


def _with_pool(house: House, jackpot: JackpotFacts, caller: Caller, currency: str) -> House:
    foreign = jackpot.currency != currency
    if foreign:  # opened in one order by everybody: two first uses must not wait for each other
        for money in sorted({currency, jackpot.currency}):
            house_account(kind=AccountKind.FX, scope=caller.code, currency=money)
    return House(
        gaming=house.gaming,
        pool=house_account(kind=AccountKind.JACKPOT_POOL, scope=jackpot.scope, currency=jackpot.currency),
        funding=house_account(kind=AccountKind.JACKPOT_FUNDING, scope=jackpot.scope, currency=jackpot.currency),
        gaming_fx=house_account(kind=AccountKind.FX, scope=caller.code, currency=currency) if foreign else None,
        pool_fx=house_account(kind=AccountKind.FX, scope=caller.code, currency=jackpot.currency) if foreign else None,
    )


def _reverses(call: MoneyCall, s: Situation, kind: LegKind) -> bool:
    return (
        isinstance(call, RollbackCall)
        and s.other_outcome == AnswerOutcome.BOOKED
        and s.other_call == kind
        and s.other_player_id == s.player_id
        and s.other_reversed_by is None
    )


def _with_receivable(call: MoneyCall, s: Situation) -> Situation:
    """A win may only be taken back with a receivable at hand for what the balance does not cover."""
    if s.receivable_id is not None or not _reverses(call, s, LegKind.WIN) or s.player_id is None:
        return s
    account = player_account_open(kind=AccountKind.PLAYER_RECEIVABLE, player_id=s.player_id, currency=s.player_currency)
    return s._replace(receivable_id=account.id, receivable_balance=ZERO, receivable_version=0)


def _originals(call: MoneyCall, s: Situation) -> tuple[BookedEntry, ...]:
    if not _reverses(call, s, LegKind.BET) or s.other_leg_id is None:
        return ()
    states = {state.id: state for state in (s.real, s.bonus, s.receivable) if state is not None}
    return booked_entries(s.other_leg_id, states)
