"""A desk laid by hand for pure decisions: Alice with 100.00 EUR and a live session, at an open game."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from casino.play.desk import Desk, Pool
from casino.play.enums import WinKind
from casino.play.postings import House
from casino.play.situation import Situation
from casino.play.types import BetCall, JackpotCall, RollbackCall, WinCall
from compliance.gate.terms import FREE, Terms
from compliance.limits.types import PlayLimits
from tests.factories import NOON
from wallet.postings import AccountState, BookedEntry

BET_LEG = UUID(int=1)
GAMING = AccountState(100, "EUR")
POOL, FUNDING = AccountState(101, "EUR"), AccountState(102, "EUR")
GAMING_FX, POOL_FX = AccountState(103, "USD"), AccountState(104, "EUR")

OPEN: dict[str, Any] = {
    "player_id": 1, "player_currency": "EUR", "player_is_test": False, "real_id": 1,
    "real_balance": Decimal(100), "real_version": 1,
    "session_id": 1, "session_player_id": 1, "session_authenticated_at": NOON, "session_last_seen_at": NOON,
    "session_mode": "real", "game_id": 1, "game_enabled": True, "game_real_enabled": True,
    "game_category": "slot",
}  # fmt: skip
IN_A_ROUND: dict[str, Any] = {
    "round_id": 5, "round_state": "open", "round_live_bets": 1, "round_live_wins": 0,
    "round_dead_bets": 0, "bet_leg_id": BET_LEG, "bet_real": Decimal(10), "bet_bonus": Decimal(0),
}  # fmt: skip


def situation(**changes: Any) -> Situation:
    """All is well unless it is said; numbers may be given as text."""
    facts: dict[str, Any] = dict.fromkeys(Situation._fields) | OPEN | changes
    return Situation(**facts)


def desk(
    *, pool: Pool | None = None, rate: str = "1", originals: tuple[BookedEntry, ...] = (), terms: Terms = FREE,
    limits: PlayLimits | None = None, **changes: Any,
) -> Desk:  # fmt: skip
    """The desk with that situation on it."""
    s = situation(**changes)
    foreign = s.player_currency != "EUR"
    house = House(
        gaming=AccountState(100, s.player_currency),
        pool=POOL if pool else None,
        funding=FUNDING if pool else None,
        gaming_fx=GAMING_FX if pool and foreign else None,
        pool_fx=POOL_FX if pool and foreign else None,
    )
    return Desk(
        situation=s, house=house, units_per_base=Decimal(rate), fx_rate_id=None, now=NOON,
        session_idle=timedelta(minutes=30), session_touch=timedelta(seconds=30), pool=pool, originals=originals,
        terms=terms, limits=limits,
    )  # fmt: skip


def euro_pool(balance: str = "1000", seed: str = "1000") -> Pool:
    return Pool(balance=Decimal(balance), seed=Decimal(seed), units_per_base=Decimal(1), currency="EUR")


def bet(amount: str = "10", *, currency: str = "EUR", contribution: str = "0", free: str = "") -> BetCall:
    return BetCall(
        transaction_id="b", session_id="s", player_id="p", game_code="g", round_id="r", amount=Decimal(amount),
        currency=currency, contribution=Decimal(contribution), free_round_id=free,
    )  # fmt: skip


def win(
    amount: str = "25", *, currency: str = "EUR", kind: WinKind = WinKind.GAME, bet_id: str = "", session: str = ""
) -> WinCall:
    return WinCall(
        transaction_id="w", player_id="p", game_code="g", round_id="r", amount=Decimal(amount), currency=currency,
        kind=kind, bet_transaction_id=bet_id, session_id=session,
    )  # fmt: skip


def jackpot(amount: str, *, currency: str = "EUR") -> JackpotCall:
    return JackpotCall(
        transaction_id="j", player_id="p", game_code="g", round_id="r", jackpot_code="pool", amount=Decimal(amount),
        currency=currency,
    )  # fmt: skip


def rollback() -> RollbackCall:
    return RollbackCall(transaction_id="x", original_transaction_id="o", player_id="p")
