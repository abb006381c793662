"""Which deposit or refund a gateway's news is about."""

from __future__ import annotations

from casino.cashier.enums import RefundState
from casino.cashier.models import Deposit, DepositTry, Refund
from casino.gateways.types import News


def deposit_meant(gateway: str, news: News) -> Deposit | None:
    """By our reference, a refund's included; else by the gateway's own of a payment or refund that it knows."""
    if news.reference:
        refund = Refund.objects.filter(reference=news.reference).select_related("deposit").first()
        if refund is not None:
            return refund.deposit
        return Deposit.objects.filter(reference=news.reference).first()
    if not news.gateway_reference:
        return None
    tried = DepositTry.objects.filter(gateway=gateway, gateway_reference=news.gateway_reference)
    found = tried.select_related("deposit").first()
    if found is not None:
        return found.deposit
    sent = Refund.objects.filter(deposit__gateway=gateway, gateway_reference=news.gateway_reference)
    row = sent.select_related("deposit").first()
    return row.deposit if row else None


def refund_meant(deposit: Deposit, news: News) -> Refund | None:
    """The refund that news of its deposit is about: by its own reference, else the one under way, else the last."""
    rows = Refund.objects.filter(deposit=deposit)
    named = rows.filter(reference=news.reference).first() if news.reference else None
    if named is None and news.gateway_reference:
        named = rows.filter(gateway_reference=news.gateway_reference).first()
    return named or rows.exclude(state=RefundState.FAILED).first() or rows.order_by("-pk").first()
