"""The slot: a pay table of multipliers and tickets, 96.00 % exactly."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from random import Random

from casino.simulator.games.spin import Leg, Spin, stake_choose


@dataclass(frozen=True, slots=True)
class PayTable:
    """Pays ``multiplier`` times the stake on so many of ``tickets`` equally likely tickets; the rest lose."""

    tickets: int
    pays: tuple[tuple[int, int], ...]

    def rtp(self) -> Fraction:
        """The expected payout of a stake of one."""
        return Fraction(sum(multiplier * count for multiplier, count in self.pays), self.tickets)

    def variance(self) -> Fraction:
        """The variance of the payout of a stake of one."""
        squares = Fraction(sum(multiplier**2 * count for multiplier, count in self.pays), self.tickets)
        return squares - self.rtp() ** 2

    def draw(self, rng: Random) -> int:
        """Draw a ticket and return its multiplier, zero for a loss."""
        place = bisect_right(list(accumulate(count for _, count in self.pays)), rng.randrange(self.tickets))
        return self.pays[place][0] if place < len(self.pays) else 0


SLOT_PAYS = PayTable(
    tickets=100_000,
    pays=(
        (1, 15_000),
        (2, 10_000),
        (5, 4_000),
        (10, 1_500),
        (20, 500),
        (50, 200),
        (200, 20),
        (1_000, 2),
    ),
)


class Slot:
    """One stake, one draw."""

    code = "sandbox-slot"
    jackpot_code: str | None = None

    def theoretical_rtp(self) -> Fraction:
        """24/25."""
        return SLOT_PAYS.rtp()

    def deal(self, rng: Random, unit: Decimal) -> Spin:
        """One spin."""
        stake = stake_choose(rng, unit)
        return Spin((Leg("spin", stake, stake * SLOT_PAYS.draw(rng)),))
