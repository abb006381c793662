"""The jackpot win: paid from the pool, which is topped up to its seed in the same transaction."""

from __future__ import annotations

from casino.play import errors
from casino.play.booking import Booking
from casino.play.decisions.wallet import currency_check
from casino.play.decisions.win import round_check
from casino.play.desk import Desk
from casino.play.enums import LegKind
from casino.play.postings import jackpot_postings
from casino.play.types import JackpotCall
from common.currencies import CURRENCIES
from common.money import converted
from compliance.limits.decisions import win_count
from wallet.enums import TransactionKind
from wallet.postings import entries_of


def jackpot_decide(call: JackpotCall, desk: Desk) -> Booking:
    """The booking of a jackpot win. It needs a standing bet of its round; a closed round takes it too."""
    s = desk.situation
    currency_check(s, call.currency)
    if s.game_id is None:
        raise errors.GameNotFound
    if desk.pool is None:
        raise errors.JackpotNotFound
    round_check(s)
    in_pool = call.amount
    if desk.pool.currency != s.player_currency:
        scale = CURRENCIES[desk.pool.currency].ledger_scale
        in_pool = converted(call.amount, desk.units_per_base, desk.pool.units_per_base, scale)
    postings = jackpot_postings(
        house=desk.house,
        real=s.real,
        receivable=s.receivable,
        amount=call.amount,
        in_pool=in_pool,
        pool_balance=desk.pool.balance,
        seed=desk.pool.seed,
    )
    return Booking(
        kind=TransactionKind.JACKPOT_WIN,
        leg_kind=LegKind.JACKPOT,
        lines=entries_of(postings, desk.rates()),
        fx_rate_id=desk.fx_rate_id,
        round_id=s.round_id,
        round_reference=call.round_id,
        game_id=s.game_id,
        closes=call.round_closed,
        won=call.amount,
        live_wins=1,
        real=call.amount,
        related_id=s.bet_leg_id,
        counted=win_count(real=call.amount, limits=desk.limits, now=desk.now) if desk.limits else None,
    )
