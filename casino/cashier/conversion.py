"""The figures of a payment in two currencies. Pure; what is rounded is rounded half-even to the minor unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from casino.cashier.types import Figures, Rate
from common.currencies import CURRENCIES
from common.money import ZERO, converted

HUNDRED: Final = Decimal(100)


def minor(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole minor units of the currency, half-even."""
    unit = Decimal(1).scaleb(-CURRENCIES[currency].display_digits)
    return amount.quantize(unit, rounding=ROUND_HALF_EVEN)


def deposit_figures(
    *, amount: Decimal, currency: str, wallet_currency: str, fee: Decimal, rate: Rate | None
) -> Figures:
    """What the wallet gets of `amount`: the fee first, then the exchange, then the margin of what it yields."""
    net = amount - fee
    if currency == wallet_currency:
        return Figures(amount=amount, currency=currency, wallet=net, wallet_currency=currency, fee=fee)
    assert rate is not None
    digits = CURRENCIES[wallet_currency].display_digits
    exchanged = converted(net, rate.source_units, rate.target_units, digits)
    margin = minor(exchanged * rate.percent / HUNDRED, wallet_currency)
    return Figures(
        amount=amount, currency=currency, wallet=exchanged - margin, wallet_currency=wallet_currency, fee=fee,
        margin=margin, rate=rate,
    )  # fmt: skip


def payout_figures(*, wallet: Decimal, wallet_currency: str, currency: str, fee: Decimal, rate: Rate | None) -> Figures:
    """What is paid of `wallet`: the margin first, then the exchange, then the fee in the currency of the payment."""
    if currency == wallet_currency:
        return Figures(amount=wallet - fee, currency=currency, wallet=wallet, wallet_currency=currency, fee=fee)
    assert rate is not None
    margin = minor(wallet * rate.percent / HUNDRED, wallet_currency)
    exchanged = converted(wallet - margin, rate.source_units, rate.target_units, CURRENCIES[currency].display_digits)
    return Figures(
        amount=exchanged - fee, currency=currency, wallet=wallet, wallet_currency=wallet_currency, fee=fee,
        margin=margin, rate=rate,
    )  # fmt: skip


def part_of(whole: Figures, amount: Decimal) -> Figures:
    """The same payment for a part of its amount, such as a chargeback of a part; the whole for the whole."""
    if amount == whole.amount:
        return whole
    fee = minor(whole.fee * amount / whole.amount, whole.currency)
    if not whole.converts:
        return replace(whole, amount=amount, fee=fee, wallet=amount - fee)
    wallet = minor(whole.wallet * amount / whole.amount, whole.wallet_currency)
    margin = minor(whole.margin * amount / whole.amount, whole.wallet_currency)
    return replace(whole, amount=amount, fee=fee, wallet=wallet, margin=margin)


def nothing_left(figures: Figures) -> bool:
    """Whether fee and margin eat the payment up."""
    return figures.amount <= ZERO or figures.wallet <= ZERO or figures.fee < ZERO
