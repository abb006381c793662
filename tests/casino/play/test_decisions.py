"""The rules of a call, pure: which refusal comes first, what is booked, and by which split."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from casino.play import errors
from casino.play.booking import Booking
from casino.play.decisions.bet import bet_decide
from casino.play.decisions.jackpot import jackpot_decide
from casino.play.decisions.rollback import rollback_decide
from casino.play.decisions.win import win_decide
from casino.play.enums import WinKind
from common.errors import BrokenPromise, Refusal
from compliance import errors as compliance
from compliance.gate.terms import Terms
from tests.casino.play.desks import BET_LEG, GAMING, IN_A_ROUND, bet, desk, euro_pool, jackpot, rollback, win
from tests.factories import NOON
from wallet.errors import InsufficientFunds
from wallet.postings import AccountState, BookedEntry


def entries(booking: Booking) -> list[tuple[int, str]]:
    """(account, amount) of each line; 1 is Alice's real money, 2 her bonus, 3 her receivable, 100 gaming."""
    return [(line.account_id, f"{line.amount.normalize():f}") for line in booking.lines]


BET_REFUSALS: list[tuple[type[Refusal], dict[str, Any]]] = [
    (errors.SessionNotFound, {"session_id": None}),
    (errors.SessionNotFound, {"session_authenticated_at": None}),
    (errors.SessionNotFound, {"session_mode": "demo"}),
    (errors.PlayerMismatch, {"session_player_id": 2}),
    (errors.SessionExpired, {"session_ended_at": NOON}),
    (errors.SessionExpired, {"session_last_seen_at": NOON - timedelta(minutes=30, seconds=1)}),
    (errors.CurrencyMismatch, {"player_currency": "USD"}),
    (errors.GameNotFound, {"game_id": None}),
    (errors.GameDisabled, {"game_enabled": False}),
    (errors.GameDisabled, {"game_real_enabled": False}),
    (errors.GameDisabled, {"game_blocked_country": "MT"}),
    (errors.GameDisabled, {"game_blocked_brand": 1}),
    (errors.GameDisabled, {"stopped": "all"}),
    (errors.GameDisabled, {"stopped": "provider"}),
    (errors.GameDisabled, {"stopped": "game"}),
    (compliance.PlayerBlocked, {"stopped": "player"}),
    (compliance.PlayerBlocked, {"terms": Terms(code="player_blocked", told={"status": "blocked"})}),
    (compliance.PlayerBlocked, {"terms": Terms(code="brand_closed")}),
    (compliance.SelfExcluded, {"terms": Terms(code="self_excluded")}),
    (compliance.TimeOutActive, {"terms": Terms(code="time_out_active")}),
    (compliance.KycRequired, {"terms": Terms(code="kyc_required")}),
    (compliance.LimitReached, {"terms": Terms(code="limit_reached")}),
    (compliance.RealityCheckDue, {"terms": Terms(code="reality_check_due")}),
    (compliance.GeoBlocked, {"terms": Terms(code="geo_blocked")}),
    (errors.StakeLimitExceeded, {"game_max_stake": Decimal("9.99")}),
    (errors.StakeLimitExceeded, {"provider_max_stake": Decimal("9.99"), "game_max_stake": Decimal(50)}),
    (errors.StakeLimitExceeded, {"game_min_stake": Decimal("10.01")}),
    (errors.StakeLimitExceeded, {"provider_min_stake": Decimal(11), "game_min_stake": Decimal(1)}),
    (errors.RoundClosed, IN_A_ROUND | {"round_state": "closed"}),
    (InsufficientFunds, {"real_balance": Decimal("9.99999999")}),
]


@pytest.mark.parametrize(("refusal", "facts"), BET_REFUSALS)
def test_a_bet_is_refused_when(refusal: type[Refusal], facts: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        bet_decide(bet(), desk(**facts))


def test_the_refusal_that_comes_first_is_the_one_that_is_told() -> None:
    facts: dict[str, Any] = {}
    for refusal, more in reversed(BET_REFUSALS):
        if more.keys() & facts.keys():
            continue
        facts |= more
        with pytest.raises(refusal):
            bet_decide(bet(), desk(**facts))


def test_a_bet_takes_the_stake_and_opens_its_round() -> None:
    booking = bet_decide(bet("10.005"), desk())
    assert entries(booking) == [(1, "-10.005"), (100, "10.005")]
    assert (booking.round_id, booking.round_reference, booking.staked, booking.live_bets) == (
        None, "r", Decimal("10.005"), 1,
    )  # fmt: skip
    assert booking.lines[0].balance_after == Decimal("89.995")


def test_stakes_are_held_against_limits_in_the_base_currency() -> None:
    limits: dict[str, Any] = {"game_max_stake": Decimal(8), "game_min_stake": Decimal(8)}
    dollars = limits | {"player_currency": "USD", "rate": "1.25"}
    assert bet_decide(bet("10", currency="USD"), desk(**dollars)).staked == 10
    with pytest.raises(errors.StakeLimitExceeded):
        bet_decide(bet("10.01", currency="USD"), desk(**dollars))


def test_a_free_round_moves_nothing_and_knows_no_lowest_stake() -> None:
    booking = bet_decide(bet("10", free="f1"), desk(real_balance=Decimal(0), game_min_stake=Decimal(1)))
    assert (entries(booking), booking.real, booking.staked, booking.live_bets) == ([], Decimal(0), Decimal(0), 1)


def test_a_share_of_the_stake_feeds_the_pool_and_only_a_pool() -> None:
    booking = bet_decide(bet("10", contribution="1"), desk(pool=euro_pool()))
    assert entries(booking) == [(1, "-10"), (100, "10"), (100, "-1"), (101, "1")]
    with pytest.raises(errors.JackpotNotFound):
        bet_decide(bet("10", contribution="1"), desk())
    with pytest.raises(errors.InvalidAmount):
        bet_decide(bet("10", contribution="10.01"), desk(pool=euro_pool()))


def test_a_session_is_touched_when_its_sign_of_life_is_due() -> None:
    assert not bet_decide(bet(), desk()).touch_session
    assert bet_decide(bet(), desk(session_last_seen_at=NOON - timedelta(seconds=30))).touch_session


WIN_REFUSALS: list[tuple[type[Refusal], WinKind, str, dict[str, Any]]] = [
    (errors.CurrencyMismatch, WinKind.GAME, "", IN_A_ROUND | {"player_currency": "USD"}),
    (errors.GameNotFound, WinKind.GAME, "", IN_A_ROUND | {"game_id": None}),
    (errors.BetNotFound, WinKind.GAME, "", {}),
    (errors.BetNotFound, WinKind.GAME, "", IN_A_ROUND | {"round_live_bets": 0}),
    (errors.TransactionRolledBack, WinKind.GAME, "", IN_A_ROUND | {"round_live_bets": 0, "round_dead_bets": 1}),
    (errors.RoundClosed, WinKind.GAME, "", IN_A_ROUND | {"round_state": "closed"}),
    (errors.TransactionRolledBack, WinKind.FREE_ROUND, "", IN_A_ROUND | {"round_live_bets": 0, "round_dead_bets": 1}),
    (errors.RoundClosed, WinKind.FREE_ROUND, "", IN_A_ROUND | {"round_state": "closed"}),
    (errors.BetNotFound, WinKind.GAME, "b", IN_A_ROUND),
    (errors.BetNotFound, WinKind.GAME, "b", IN_A_ROUND | {"other_outcome": "refused", "other_call": "bet"}),
    (errors.BetNotFound, WinKind.GAME, "b", IN_A_ROUND | {"other_outcome": "booked", "other_call": "win"}),
    (errors.TransactionRolledBack, WinKind.GAME, "b", IN_A_ROUND | {"other_outcome": "tombstone"}),
    (errors.PlayerMismatch, WinKind.GAME, "b",
     IN_A_ROUND | {"other_outcome": "booked", "other_call": "bet", "other_player_id": 2}),
    (errors.BetNotFound, WinKind.GAME, "b",
     IN_A_ROUND | {"other_outcome": "booked", "other_call": "bet", "other_player_id": 1, "other_round_reference": "q"}),
]  # fmt: skip


@pytest.mark.parametrize(("refusal", "kind", "bet_id", "facts"), WIN_REFUSALS)
def test_a_win_is_refused_when(refusal: type[Refusal], kind: WinKind, bet_id: str, facts: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        win_decide(win(kind=kind, bet_id=bet_id), desk(**facts))


def test_money_owed_is_paid_to_whoever_may_not_play_any_more() -> None:
    facts: dict[str, Any] = {
        "terms": Terms(code="self_excluded"), "game_enabled": False, "session_ended_at": NOON,
    }  # fmt: skip
    assert entries(win_decide(win(), desk(**IN_A_ROUND, **facts))) == [(100, "-25"), (1, "25")]
    promo = win_decide(win(kind=WinKind.PROMO), desk(**(IN_A_ROUND | {"round_state": "closed"}), **facts))
    assert (entries(promo), promo.live_wins) == ([(100, "-25"), (1, "25")], 0)


def test_a_win_of_nothing_settles_and_moves_nothing() -> None:
    booking = win_decide(win("0"), desk(**IN_A_ROUND))
    assert (entries(booking), booking.live_wins, booking.related_id) == ([], 1, BET_LEG)


def test_a_win_follows_the_split_of_its_bet_to_the_last_digit() -> None:
    split: dict[str, Any] = {"bet_real": Decimal(1), "bet_bonus": Decimal(2)}
    bonus: dict[str, Any] = {"bonus_id": 2, "bonus_balance": Decimal(0), "bonus_version": 0}
    booking = win_decide(win("10"), desk(**(IN_A_ROUND | split), **bonus))
    assert (booking.real, booking.bonus) == (Decimal("3.33333334"), Decimal("6.66666666"))
    assert entries(booking) == [(100, "-3.33333334"), (1, "3.33333334"), (100, "-6.66666666"), (2, "6.66666666")]


def test_a_win_repays_what_is_owed() -> None:
    owes: dict[str, Any] = {"receivable_id": 3, "receivable_balance": Decimal(-7), "receivable_version": 1}
    assert entries(win_decide(win("5"), desk(**IN_A_ROUND, **owes))) == [(100, "-5"), (1, "5"), (1, "-5"), (3, "5")]


ORIGINAL: dict[str, Any] = {
    "other_outcome": "booked", "other_player_id": 1, "other_leg_id": BET_LEG, "other_real": Decimal(10),
    "other_bonus": Decimal(0), "other_contribution": Decimal(0), "other_live_wins": 0, "other_win_kind": "",
}  # fmt: skip
A_BET: dict[str, Any] = ORIGINAL | {"other_call": "bet"}
A_WIN: dict[str, Any] = ORIGINAL | {"other_call": "win", "other_win_kind": "game"}
OWES: dict[str, Any] = {"receivable_id": 3, "receivable_balance": Decimal(0), "receivable_version": 0}


@pytest.mark.parametrize(
    ("refusal", "facts"),
    [
        (errors.PlayerMismatch, A_BET | {"other_player_id": 2}),
        (errors.PlayerMismatch, {"other_outcome": "refused", "other_player_id": 2}),
        (errors.OriginalSettled, A_BET | {"other_live_wins": 1}),
        (errors.InvalidRequest, A_BET | {"other_call": "rollback"}),
        (errors.InvalidRequest, A_BET | {"other_call": "jackpot"}),
    ],
)
def test_a_rollback_is_refused_when(refusal: type[Refusal], facts: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        rollback_decide(rollback(), desk(**facts))


@pytest.mark.parametrize(
    ("facts", "original", "tombstone"),
    [
        ({}, "not_found", "o"),
        ({"other_outcome": "tombstone", "other_player_id": 1}, "not_found", None),
        ({"other_outcome": "refused", "other_player_id": None}, "not_found", None),
        (A_BET | {"other_reversed_by": BET_LEG, "other_live_wins": 1}, "already_reversed", None),
    ],
)
def test_a_rollback_of_nothing_is_remembered(facts: dict[str, Any], original: str, tombstone: str | None) -> None:
    booking = rollback_decide(rollback(), desk(**facts))
    assert (entries(booking), booking.reverses, booking.said) == ([], False, {"original": original})
    assert booking.tombstone == tombstone


def test_a_bet_rolled_back_returns_its_very_entries_and_repays() -> None:
    alice = AccountState(1, "EUR", Decimal(100), 1)
    booked = (
        BookedEntry(alice, Decimal(-10), Decimal(-10)), BookedEntry(GAMING, Decimal(10), Decimal(10)),
        BookedEntry(GAMING, Decimal(-1), Decimal(-1)), BookedEntry(AccountState(101, "EUR"), Decimal(1), Decimal(1)),
    )  # fmt: skip
    booking = rollback_decide(rollback(), desk(originals=booked, **A_BET))
    assert entries(booking) == [(101, "-1"), (100, "1"), (100, "-10"), (1, "10")]
    assert (booking.staked, booking.live_bets, booking.dead_bets, booking.live_wins) == (Decimal(-10), -1, 1, 0)
    owing = rollback_decide(rollback(), desk(originals=booked, **A_BET, **(OWES | {"receivable_balance": Decimal(-4)})))
    assert entries(owing)[-3:] == [(1, "10"), (1, "-4"), (3, "4")]


def test_a_win_rolled_back_takes_what_is_there_and_the_rest_is_owed() -> None:
    booking = rollback_decide(rollback(), desk(real_balance=Decimal(4), **A_WIN, **OWES))
    assert entries(booking) == [(1, "-4"), (100, "4"), (3, "-6"), (100, "6")]
    assert (booking.won, booking.live_wins, booking.live_bets) == (Decimal(-10), -1, 0)
    promo = rollback_decide(rollback(), desk(**(A_WIN | {"other_win_kind": "promo"}), **OWES))
    assert promo.live_wins == 0
    with pytest.raises(BrokenPromise):
        rollback_decide(rollback(), desk(**A_WIN))


def test_a_jackpot_is_paid_from_the_pool_which_is_filled_to_its_seed() -> None:
    booking = jackpot_decide(jackpot("400"), desk(pool=euro_pool("1001"), **IN_A_ROUND))
    assert entries(booking) == [(101, "-400"), (1, "400"), (102, "-399"), (101, "399")]
    rich = jackpot_decide(jackpot("400"), desk(pool=euro_pool("1400"), **IN_A_ROUND))
    assert entries(rich) == [(101, "-400"), (1, "400")]


def test_a_jackpot_in_another_currency_goes_through_both_conversion_accounts() -> None:
    facts = IN_A_ROUND | {"player_currency": "USD"}
    booking = jackpot_decide(jackpot("540", currency="USD"), desk(rate="1.08", pool=euro_pool("2000"), **facts))
    assert entries(booking) == [(101, "-500"), (104, "500"), (103, "-540"), (1, "540")]


@pytest.mark.parametrize(
    ("refusal", "pool", "facts"),
    [
        (errors.CurrencyMismatch, True, IN_A_ROUND | {"player_currency": "USD"}),
        (errors.GameNotFound, True, IN_A_ROUND | {"game_id": None}),
        (errors.JackpotNotFound, False, IN_A_ROUND),
        (errors.BetNotFound, True, {}),
        (errors.TransactionRolledBack, True, IN_A_ROUND | {"round_live_bets": 0, "round_dead_bets": 1}),
    ],
)
def test_a_jackpot_is_refused_when(refusal: type[Refusal], pool: bool, facts: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        jackpot_decide(jackpot("5"), desk(pool=euro_pool() if pool else None, **facts))
