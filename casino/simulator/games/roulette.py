"""European roulette: one zero, so every bet returns 36/37."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from casino.simulator.games.spin import Leg, Spin, stake_choose

POCKETS = 37
RED = frozenset({1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36})
BLACK = frozenset(range(1, POCKETS)) - RED


def bets_on_the_cloth() -> dict[str, frozenset[int]]:
    """Every bet this table offers, with the numbers that it covers."""
    cloth = {f"straight-{number}": frozenset({number}) for number in range(POCKETS)}
    cloth |= {"red": RED, "black": BLACK}
    cloth |= {"even": frozenset(range(2, POCKETS, 2)), "odd": frozenset(range(1, POCKETS, 2))}
    cloth |= {"low": frozenset(range(1, 19)), "high": frozenset(range(19, POCKETS))}
    cloth |= {f"dozen-{nth + 1}": frozenset(range(12 * nth + 1, 12 * nth + 13)) for nth in range(3)}
    cloth |= {f"column-{nth}": frozenset(range(nth, POCKETS, 3)) for nth in (1, 2, 3)}
    cloth |= {f"street-{nth + 1}": frozenset(range(3 * nth + 1, 3 * nth + 4)) for nth in range(12)}
    return cloth


CLOTH = bets_on_the_cloth()
OUTSIDE = tuple(name for name in CLOTH if not name.startswith(("straight", "street")))
STREETS = tuple(name for name in CLOTH if name.startswith("street"))
STRAIGHTS = tuple(name for name in CLOTH if name.startswith("straight"))


def bet_pays(covered: frozenset[int]) -> int:
    """The payout for a stake of one, stake included: 36 shared by the numbers covered."""
    return 36 // len(covered)


def bet_rtp(covered: frozenset[int]) -> Fraction:
    """The expected payout of a stake of one, over the 37 equally likely pockets."""
    return sum((Fraction(bet_pays(covered), POCKETS) for pocket in range(POCKETS) if pocket in covered), Fraction(0))


class Roulette:
    """One to four different bets on one turn of the wheel."""

    code = "sandbox-roulette"
    jackpot_code: str | None = None

    def theoretical_rtp(self) -> Fraction:
        """36/37, the same for every bet on the cloth (asserted by ``min`` and ``max`` being one number)."""
        returns = {bet_rtp(covered) for covered in CLOTH.values()}
        if len(returns) != 1:
            raise ValueError(f"the cloth pays unevenly: {sorted(returns)}")
        return returns.pop()

    def deal(self, rng: Random, unit: Decimal) -> Spin:
        """Place the bets, then turn the wheel."""
        names: list[str] = []
        for _ in range(rng.choice((1, 1, 2, 3, 4))):
            name = rng.choice(rng.choice((OUTSIDE, OUTSIDE, STREETS, STRAIGHTS)))
            if name not in names:
                names.append(name)
        stakes = [stake_choose(rng, unit) for _ in names]
        pocket = rng.randrange(POCKETS)
        return Spin(tuple(self._leg(name, stake, pocket) for name, stake in zip(names, stakes, strict=True)))

    @staticmethod
    def _leg(name: str, stake: Decimal, pocket: int) -> Leg:
        covered = CLOTH[name]
        return Leg(name, stake, stake * bet_pays(covered) if pocket in covered else stake * 0)
