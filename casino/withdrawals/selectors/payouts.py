"""Payments of withdrawals: the newest try of each part, and what the janitor asks about."""

from __future__ import annotations

from datetime import datetime

from casino.cashier.selectors.orders import notify_url, payer_of, told_instrument
from casino.cashier.types import Figures
from casino.gateways.enums import Purpose
from casino.gateways.types import OpenPayment, Order
from casino.withdrawals.enums import PayoutState
from casino.withdrawals.models import Payout
from casino.withdrawals.states import AT_GATEWAY


def newest_tries(withdrawal_id: int) -> list[Payout]:
    """The try of each part that counts, in order of the parts: one that was paid, else the newest that was sent."""
    rows = list(Payout.objects.filter(withdrawal_id=withdrawal_id).order_by("part", "attempt"))
    parts: dict[int, list[Payout]] = {}
    for row in rows:
        parts.setdefault(row.part, []).append(row)
    return [max(tries, key=_weight) for tries in parts.values()]


def _weight(row: Payout) -> tuple[bool, bool, int]:
    return (row.state == PayoutState.CONFIRMED, row.state != PayoutState.DROPPED, row.attempt)


def payout_order(payout: Payout) -> Order:
    """The payment as its gateway is asked for it; the same at every repeat."""
    player = payout.withdrawal.player
    return Order(
        reference=payout.reference, purpose=Purpose.PAYOUT, amount=payout.amount, currency=payout.currency,
        method=payout.gateway_method, payer=payer_of(player), instrument=told_instrument(payout.instrument),
        notify_url=notify_url(payout.gateway), statement=player.brand.name,
    )  # fmt: skip


def payout_figures(payout: Payout) -> Figures:
    """The figures that were agreed to, whatever rates say today."""
    return Figures(
        amount=payout.amount, currency=payout.currency, wallet=payout.held,
        wallet_currency=payout.withdrawal.currency, fee=payout.fee, margin=payout.margin,
    )  # fmt: skip


def open_payouts(_now: datetime) -> list[OpenPayment]:
    """What the janitor asks about: every payment that a gateway may have and has not ended."""
    rows = Payout.objects.filter(state__in=AT_GATEWAY).order_by("sent_at")
    return [
        OpenPayment(
            gateway=row.gateway, reference=row.reference, gateway_reference=row.gateway_reference,
            since=row.sent_at or row.created_at, order=lambda row=row: payout_order(row),  # type: ignore[misc]
        )
        for row in rows.select_related("withdrawal__player__brand", "instrument")
    ]  # fmt: skip
