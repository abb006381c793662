"""Converting between the currency at the gateway and that of the wallet, at stored rates (docs/cashier.md)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from casino.cashier.types import Figures
from common.money import ZERO


def figures_in(
    *, brand_id: int, amount: Decimal, currency: str, wallet_currency: str, now: datetime, fee: Decimal = ZERO
) -> Figures:
    """A deposit of `amount` in `currency`: what the wallet gets. Raises ConversionNotOffered, AmountTooSmall."""
    raise NotImplementedError


def figures_out(
    *, brand_id: int, wallet: Decimal, wallet_currency: str, currency: str, now: datetime, fee: Decimal = ZERO
) -> Figures:
    """A payout of `wallet` in `wallet_currency`: what is paid in `currency`, less `fee` in that currency.

    Raises ConversionNotOffered, AmountTooSmall.
    """
    raise NotImplementedError
