"""The games pay what they state: exactly on paper, and within bounds in the long run."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from random import Random

import pytest

from casino.simulator.currencies import CURRENCIES, ZERO
from casino.simulator.games import GAMES, Game, JackpotGame, Roulette, Slot
from casino.simulator.games.jackpot import BASE_PAYS, PoolShare
from casino.simulator.games.roulette import CLOTH, bet_pays, bet_rtp
from casino.simulator.games.slot import SLOT_PAYS

SPINS = 400_000
Z_BOUND = 4.0
UNIT = Decimal(1)


@pytest.mark.parametrize(
    ("game", "stated"),
    [(Slot(), Fraction(96, 100)), (Roulette(), Fraction(36, 37)), (JackpotGame(), Fraction(95, 100))],
    ids=lambda value: value.code if not isinstance(value, Fraction) else str(value),
)
def test_the_stated_return_follows_exactly_from_the_pay_table(game: Game, stated: Fraction) -> None:
    assert game.theoretical_rtp() == stated


@pytest.mark.parametrize("name", CLOTH)
def test_every_roulette_bet_returns_36_of_37(name: str) -> None:
    assert bet_rtp(CLOTH[name]) == Fraction(36, 37)
    assert 36 % len(CLOTH[name]) == 0


def test_the_cloth_pays_as_in_every_casino() -> None:
    pays = {"straight-17": 36, "red": 2, "black": 2, "dozen-1": 3, "column-3": 3, "street-12": 12, "high": 2}
    assert {name: bet_pays(CLOTH[name]) for name in pays} == pays
    assert not CLOTH["red"] & CLOTH["black"]
    assert all(0 not in CLOTH[name] for name in pays)


def long_run(game: Game, seed: int) -> tuple[Fraction, Fraction, Decimal, int]:
    """Play many spins; returns staked, paid without jackpot, contributed, hits."""
    rng = Random(seed)
    staked, paid, contributed, hits = Fraction(0), Fraction(0), ZERO, 0
    for _ in range(SPINS):
        spin = game.deal(rng, UNIT)
        for leg in spin.legs:
            staked += int(leg.stake)
            paid += int(leg.payout)
            contributed += leg.contribution
        hits += spin.jackpot_hit
    return staked, paid, contributed, hits


def bound(variance: Fraction, staked: Fraction) -> float:
    """How far the return of so much stake may lie off; stakes of up to five units weigh at most five times."""
    return Z_BOUND * sqrt(float(variance) * 5 / float(staked))


def test_the_slot_returns_96_percent_in_the_long_run() -> None:
    staked, paid, _, _ = long_run(Slot(), 11)
    assert abs(float(paid / staked - Fraction(96, 100))) < bound(SLOT_PAYS.variance(), staked)


def test_roulette_returns_36_of_37_in_the_long_run() -> None:
    staked, paid, _, _ = long_run(Roulette(), 12)
    straight_variance = Fraction(36**2, 37) - Fraction(36, 37) ** 2
    assert abs(float(paid / staked - Fraction(36, 37))) < bound(straight_variance, staked)


def test_the_jackpot_game_returns_94_percent_and_collects_one_for_the_pool() -> None:
    staked, paid, contributed, hits = long_run(JackpotGame(), 13)
    assert abs(float(paid / staked - Fraction(94, 100))) < bound(BASE_PAYS.variance(), staked)
    assert Fraction(contributed) == staked / 100
    assert abs(hits - SPINS / 150) < Z_BOUND * sqrt(SPINS / 150)


@pytest.mark.parametrize("currency", CURRENCIES, ids=lambda currency: currency.code)
def test_the_pool_pays_out_what_it_collected_and_never_more(currency: object) -> None:
    wallet_currency = next(known for known in CURRENCIES if known == currency)
    share, rng, game = PoolShare(wallet_currency), Random(5), JackpotGame()
    collected, paid = ZERO, ZERO
    for _ in range(20_000):
        spin = game.deal(rng, wallet_currency.unit)
        share.contribute(spin.legs[0].contribution)
        collected += spin.legs[0].contribution
        if spin.jackpot_hit:
            won = share.payable()
            assert won == won.quantize(Decimal(1).scaleb(-wallet_currency.digits))
            share.pay(won)
            paid += won
    assert ZERO <= share.amount == collected - paid
    assert paid > collected * Decimal("0.9")


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.code)
def test_the_same_seed_deals_the_same_spins(game: Game) -> None:
    first, second, other = Random(3), Random(3), Random(4)
    spins = [game.deal(first, UNIT) for _ in range(200)]
    assert spins == [game.deal(second, UNIT) for _ in range(200)]
    assert spins != [game.deal(other, UNIT) for _ in range(200)]


def test_stakes_of_currencies_without_decimals_are_whole() -> None:
    yen = next(currency for currency in CURRENCIES if currency.digits == 0)
    rng = Random(1)
    for _ in range(500):
        for game in GAMES:
            for leg in game.deal(rng, yen.unit).legs:
                assert leg.stake == leg.stake.to_integral_value()
                assert leg.payout == leg.payout.to_integral_value()
