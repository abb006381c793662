"""Converting between the currency at the gateway and that of the wallet, at stored rates (docs/cashier.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casino.cashier.conversion import deposit_figures, nothing_left, payout_figures
from casino.cashier.errors import AmountRefused, ConversionNotOffered
from casino.cashier.models import ConversionMargin
from casino.cashier.postings import Leg, Role, counterpart, deposit_legs, payout_legs, undone
from casino.cashier.types import Figures, Rate
from common.money import ZERO
from wallet.enums import AccountKind
from wallet.selectors.rates import rate_for_bet
from wallet.services.accounts import house_account
from wallet.services.transactions import Movement

FX_SCOPE = "cashier"


@dataclass(frozen=True, slots=True)
class HouseSide:
    """The house's side of a payment: the account across from the player's own leg, and the other movements.

    Book them in one transaction: `player_credit(source_id=across, also=movements)` and the like.
    """

    across: int
    movements: tuple[Movement, ...]


def figures_in(
    *, brand_id: int, amount: Decimal, currency: str, wallet_currency: str, now: datetime, fee: Decimal = ZERO
) -> Figures:
    """A deposit of `amount` in `currency`: what the wallet gets. Raises ConversionNotOffered, AmountRefused."""
    rate = None
    if currency != wallet_currency:
        rate = rate_of(brand_id=brand_id, source=currency, target=wallet_currency, now=now)
    figures = deposit_figures(amount=amount, currency=currency, wallet_currency=wallet_currency, fee=fee, rate=rate)
    if nothing_left(figures):
        raise AmountRefused(problem="is eaten up by fee and conversion")
    return figures


def figures_out(
    *, brand_id: int, wallet: Decimal, wallet_currency: str, currency: str, now: datetime, fee: Decimal = ZERO
) -> Figures:
    """A payout of `wallet` in `wallet_currency`: what is paid in `currency`, less `fee` in that currency.

    Raises ConversionNotOffered, AmountRefused.
    """
    rate = None
    if currency != wallet_currency:
        rate = rate_of(brand_id=brand_id, source=wallet_currency, target=currency, now=now)
    figures = payout_figures(wallet=wallet, wallet_currency=wallet_currency, currency=currency, fee=fee, rate=rate)
    if nothing_left(figures):
        raise AmountRefused(problem="is eaten up by fee and conversion")
    return figures


def rate_of(*, brand_id: int, source: str, target: str, now: datetime) -> Rate:
    """Rates and margin in force of a pair: the newest dated rows. Raises ConversionNotOffered where there is no margin,
    TemporarilyUnavailable where a rate is missing or too old for new bets."""
    margin = ConversionMargin.objects.filter(brand_id=brand_id, source=source, target=target, valid_from__lte=now)
    row = margin.order_by("-valid_from").first()
    if row is None:
        raise ConversionNotOffered(currency=source)
    paid, got = rate_for_bet(source, now), rate_for_bet(target, now)
    days = [rate.valid_on for rate in (paid, got) if rate.valid_on is not None]
    return Rate(
        source_units=paid.units_per_base, target_units=got.units_per_base, source_id=paid.id, target_id=got.id,
        valid_on=min(days) if days else None, percent=row.percent, margin_id=row.pk,
    )  # fmt: skip


def deposit_side(figures: Figures, gateway: str, *, back: bool = False) -> HouseSide:
    """The house's side of a deposit at a gateway; `back` the other way round: refund, chargeback."""
    legs = deposit_legs(figures)
    return _side(figures, undone(legs) if back else legs, gateway)


def payout_side(figures: Figures, gateway: str, *, back: bool = False) -> HouseSide:
    """The house's side of a payout at a gateway; `back` the other way round: it came back."""
    legs = payout_legs(figures)
    return _side(figures, undone(legs) if back else legs, gateway)


def _side(figures: Figures, legs: Sequence[Leg], gateway: str) -> HouseSide:
    movements = tuple(
        Movement(_account(leg.source, figures, gateway), _account(leg.target, figures, gateway), leg.amount)
        for leg in legs
    )
    return HouseSide(across=_account(counterpart(figures), figures, gateway), movements=movements)


def _account(role: Role, figures: Figures, gateway: str) -> int:
    kind, scope, currency = {
        Role.CLEARING: (AccountKind.PAYMENT_CLEARING, gateway, figures.currency),
        Role.FEE: (AccountKind.PAYMENT_FEE, gateway, figures.currency),
        Role.FX_PAID: (AccountKind.FX, FX_SCOPE, figures.currency),
        Role.FX_WALLET: (AccountKind.FX, FX_SCOPE, figures.wallet_currency),
        Role.MARGIN: (AccountKind.FX_MARGIN, FX_SCOPE, figures.wallet_currency),
    }[role]
    return house_account(kind=kind, scope=scope, currency=currency).id
