"""The figures of a deposit as it keeps them."""

from __future__ import annotations

from casino.cashier.models import Deposit
from casino.cashier.types import Figures


def figures_of(deposit: Deposit) -> Figures:
    """What the player agreed to, whatever rates say today."""
    return Figures(
        amount=deposit.amount, currency=deposit.currency, wallet=deposit.credit,
        wallet_currency=deposit.credit_currency, fee=deposit.fee, margin=deposit.margin,
    )  # fmt: skip
