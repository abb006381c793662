"""The jackpot game: a base game of 94.00 %, and 1 % of every stake that goes to the pool and comes back as jackpots.

Each player's contributions make up that player's share of the pool, and a hit pays the whole share: so the game returns
what it collects, in each currency by itself, and no player's luck depends on how the threads were timed.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from random import Random

from casino.simulator.currencies import EXACT, ZERO, Currency, whole_display
from casino.simulator.games.slot import PayTable
from casino.simulator.games.spin import Leg, Spin, stake_choose

CONTRIBUTION = Decimal("0.01")
HIT_ONE_IN = 150

BASE_PAYS = PayTable(
    tickets=10_000,
    pays=((1, 1_000), (2, 1_500), (4, 600), (10, 150), (25, 40), (100, 5)),
)


class JackpotGame:
    """One stake, one draw, and one chance in 150 of the pool."""

    code = "sandbox-jackpot"
    jackpot_code: str | None = "sandbox-pool"

    def theoretical_rtp(self) -> Fraction:
        """Base game plus contribution: 94 % + 1 %."""
        return BASE_PAYS.rtp() + Fraction(CONTRIBUTION)

    def deal(self, rng: Random, unit: Decimal) -> Spin:
        """One spin with its contribution."""
        stake = stake_choose(rng, unit)
        leg = Leg("spin", stake, stake * BASE_PAYS.draw(rng), stake * CONTRIBUTION)
        return Spin((leg,), jackpot_hit=rng.randrange(HIT_ONE_IN) == 0)


@dataclass(slots=True)
class PoolShare:
    """What one player has paid into the pool and not yet won back, in the player's currency."""

    currency: Currency
    amount: Decimal = field(default=ZERO)

    def contribute(self, contribution: Decimal) -> None:
        """A bet with this contribution was booked."""
        self.amount = EXACT.add(self.amount, contribution)

    def payable(self) -> Decimal:
        """What a hit pays now: the share in display digits; the rest stays."""
        return whole_display(self.amount, self.currency)

    def pay(self, amount: Decimal) -> None:
        """A jackpot of this amount was booked."""
        self.amount = EXACT.subtract(self.amount, amount)
