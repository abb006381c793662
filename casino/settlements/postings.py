"""A settlement file as movements of the house. Pure.

net 98.70 of gross 100.00, fee 1.30    bank → clearing 98.70, payment cost → clearing 1.30
net -40.25 of gross -40.00, fee 0.25   clearing → bank 40.25, payment cost → clearing 0.25
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from casino.gateways.types import SettlementLine
from common.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums of lines in one currency; signed from our side, the fee not negative."""

    currency: str
    gross: Decimal = ZERO
    fee: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What reaches the bank, or leaves it."""
        return self.gross - self.fee


@dataclass(frozen=True, slots=True)
class Leg:
    """`amount` (> 0) from one of "bank", "clearing", "cost" to another."""

    source: str
    target: str
    amount: Decimal


def sums_of(lines: Iterable[SettlementLine]) -> dict[str, Sums]:
    """The sums by currency."""
    sums: dict[str, Sums] = {}
    for line in lines:
        known = sums.get(line.currency, Sums(currency=line.currency))
        sums[line.currency] = Sums(currency=line.currency, gross=known.gross + line.gross, fee=known.fee + line.fee)
    return sums


def settlement_legs(sums: Sums) -> list[Leg]:
    """What leaves clearing is the gross: the net with the bank, the fee as cost."""
    net = Leg("bank", "clearing", sums.net) if sums.net > ZERO else Leg("clearing", "bank", -sums.net)
    return [leg for leg in (net, Leg("cost", "clearing", sums.fee)) if leg.amount > ZERO]
