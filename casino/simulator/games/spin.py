"""What a game decides: the stakes of one round and what each of them pays."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Protocol

from casino.simulator.currencies import ZERO


@dataclass(frozen=True, slots=True)
class Leg:
    """One stake and the payout (stake included, zero when lost) that it earns if it is accepted."""

    name: str
    stake: Decimal
    payout: Decimal
    contribution: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Spin:
    """One round as the game decided it, before the wallet is asked."""

    legs: tuple[Leg, ...]
    jackpot_hit: bool = False


class Game(Protocol):
    """A game: its code in the catalogue, its exact return to player, and its dice."""

    @property
    def code(self) -> str:
        """The game code of the sandbox catalogue."""

    @property
    def jackpot_code(self) -> str | None:
        """The jackpot that stakes of this game feed, if any."""

    def theoretical_rtp(self) -> Fraction:
        """The return to player, computed exactly from the pay table."""

    def deal(self, rng: Random, unit: Decimal) -> Spin:
        """Decide one round; stakes are whole multiples of ``unit``."""


STAKE_UNITS: tuple[int, ...] = (1, 1, 1, 2, 2, 5)


def stake_choose(rng: Random, unit: Decimal) -> Decimal:
    """A stake of one, two or five units."""
    return unit * rng.choice(STAKE_UNITS)
