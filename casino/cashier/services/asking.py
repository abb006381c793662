"""Asking gateways what became of a deposit or refund, now and not when the janitor's turn comes."""

from __future__ import annotations

from datetime import datetime

from casino.cashier.models import Deposit, Refund
from casino.cashier.selectors.orders import MAY_PAY, deposit_order, refund_order
from casino.gateways.calls import gateway_ask
from casino.gateways.enums import NewsKind
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown, NewsPuzzling
from casino.gateways.services.news import news_tell
from casino.gateways.types import News, Order
from common.errors import Refusal


class NotTold(Refusal):
    code = "gateway_silent"
    message = "The gateway does not say what was paid; it is asked again."
    recorded = False


def amount_asked(deposit: Deposit, gateway: str, news: News, now: datetime) -> News:
    """The same fact with its amount, which the message did not tell: nothing is credited on a word alone (PAY-04).

    Outside of transactions. Raises NotTold, to be tried again, where the gateway does not tell it now either.
    """
    tried = deposit.tries.filter(gateway=gateway).first()
    if tried is None:
        raise NewsPuzzling(f"{deposit.reference} was never sent to this gateway")
    reference = news.gateway_reference or tried.gateway_reference
    for fact in gateway_ask(gateway=gateway, order=deposit_order(deposit, tried), gateway_reference=reference, now=now):
        if fact.kind is NewsKind.DEPOSIT_CONFIRMED and fact.amount is not None:
            return News(
                kind=news.kind, key=news.key, reference=news.reference, gateway_reference=reference,
                amount=fact.amount, currency=fact.currency, occurred_at=news.occurred_at,
                instrument=news.instrument or fact.instrument, code=news.code, text=news.text,
            )  # fmt: skip
    raise NotTold(reference=deposit.reference)


def deposit_ask(*, deposit_id: int, now: datetime) -> list[str] | None:
    """Ask every gateway that may have the deposit's money. Lines of what was done, None where all were silent.

    Outside of transactions: what is told goes the way of every message's facts.
    """
    deposit = Deposit.objects.select_related("player__brand", "instrument").get(pk=deposit_id)
    lines: list[str] = []
    heard = False
    for tried in deposit.tries.filter(standing__in=MAY_PAY):
        done = _asked(tried.gateway, deposit_order(deposit, tried), tried.gateway_reference, now)
        heard = heard or done is not None
        lines += done or []
    return lines if heard else None


def refund_ask_gateway(*, refund_id: int, now: datetime) -> list[str] | None:
    """The same for a refund."""
    refund = Refund.objects.select_related("deposit__player__brand", "deposit__instrument").get(pk=refund_id)
    return _asked(refund.deposit.gateway, refund_order(refund), refund.gateway_reference, now)


def _asked(gateway: str, order: Order, gateway_reference: str, now: datetime) -> list[str] | None:
    try:
        facts = gateway_ask(gateway=gateway, order=order, gateway_reference=gateway_reference, now=now)
    except (GatewayUnknown, GatewayNotConfigured):
        return None
    lines = []
    for news in facts:
        try:
            lines.append(news_tell(gateway=gateway, news=news, message_id=0, now=now))
        except NewsPuzzling as puzzle:
            lines.append(f"Contradicts our records: {puzzle}")
        except (Refusal, OSError) as problem:
            lines.append(f"To be asked again: {problem}")
    return [line for line in lines if line] if facts else None
