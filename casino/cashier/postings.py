"""Payments as postings: what moves between accounts of the house beside the player's own leg. Pure (docs/ledger.md).

A deposit of 100 USD with a fee of 2 into a wallet in EUR, 98 USD being 90 EUR, of which 0.90 is margin:

    clearing USD → fee USD        2.00        fx EUR → margin EUR     0.90
    clearing USD → fx USD        98.00        fx EUR → player real   89.10   (the player's leg)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from casino.cashier.types import Figures
from common.money import ZERO


class Role(Enum):
    """An account of the house in a payment, by its part in it."""

    CLEARING = "clearing"
    FEE = "fee"
    FX_PAID = "fx, in the currency paid"
    FX_WALLET = "fx, in the wallet's currency"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Leg:
    """`amount` (> 0) goes from one account of the house to another."""

    source: Role
    target: Role
    amount: Decimal


def counterpart(figures: Figures) -> Role:
    """Where the player's own leg comes from, or goes to."""
    return Role.FX_WALLET if figures.converts else Role.CLEARING


def deposit_legs(figures: Figures) -> list[Leg]:
    """The house's legs of money that comes in."""
    legs = [Leg(Role.CLEARING, Role.FEE, figures.fee)]
    if figures.converts:
        legs += [
            Leg(Role.CLEARING, Role.FX_PAID, figures.amount - figures.fee),
            Leg(Role.FX_WALLET, Role.MARGIN, figures.margin),
        ]
    return [leg for leg in legs if leg.amount > ZERO]


def payout_legs(figures: Figures) -> list[Leg]:
    """The house's legs of money that goes out."""
    legs = [Leg(Role.CLEARING, Role.FEE, figures.fee)]
    if figures.converts:
        legs = [
            Leg(Role.FX_WALLET, Role.MARGIN, figures.margin),
            Leg(Role.FX_PAID, Role.CLEARING, figures.amount + figures.fee),
            *legs,
        ]
    return [leg for leg in legs if leg.amount > ZERO]


def undone(legs: Sequence[Leg]) -> list[Leg]:
    """The same, the other way round: a refund of a deposit, a payout that came back."""
    return [Leg(leg.target, leg.source, leg.amount) for leg in reversed(legs)]
