"""The one place that calls a gateway: outside any transaction, behind its breaker, on record."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from casino.gateways.breaker import GatewayPaused, breaker_call
from casino.gateways.credentials import credentials_of
from casino.gateways.enums import CallKind, Standing
from casino.gateways.models import GatewayCall
from casino.gateways.registry import adapter_get
from casino.gateways.selectors.gateways import gateway_open
from casino.gateways.types import Adapter, Credentials, News, Order, Reply
from common.database.outside import outside_transactions

PAUSED: Final = "gateway_paused"
SWITCHED_OFF: Final = "gateway_switched_off"
# Codes of replies to calls that were never sent: nothing happened over there, another gateway or a later try may.
NOT_SENT: Final = frozenset({PAUSED, SWITCHED_OFF})
_NEW_MONEY: Final = frozenset({CallKind.DEPOSIT_BEGIN, CallKind.PAYOUT_SEND})
log = structlog.get_logger()


def gateway_call(*, gateway: str, what: CallKind, order: Order, now: datetime) -> Reply:
    """Send an order (DEPOSIT_BEGIN, PAYOUT_SEND, REFUND_SEND); never raises for what the gateway or network does.

    Where the gateway is switched off (new deposits and payouts) or its breaker is open, nothing is sent: the reply is
    DECLINED with a code of NOT_SENT, or UNKNOWN if an earlier try of the same order may have arrived. Raises
    GatewayUnknown, GatewayNotConfigured, and BrokenPromise inside a transaction.
    """
    outside_transactions("a gateway")
    adapter, credentials = adapter_get(gateway), credentials_of(gateway)
    if what in _NEW_MONEY and not gateway_open(gateway, order.purpose):
        return _held_back(gateway, what, order, SWITCHED_OFF, now)
    try:
        return breaker_call(
            gateway, lambda: _sent(adapter, what, order, credentials, now),
            unanswered=lambda reply: reply.standing == Standing.UNKNOWN,
        )  # fmt: skip
    except GatewayPaused:
        return _held_back(gateway, what, order, PAUSED, now)


def gateway_ask(*, gateway: str, order: Order, gateway_reference: str, now: datetime) -> Sequence[News]:
    """What the gateway knows of an order; empty when it does not answer or can not be asked.

    Not behind the breaker: asking is how we learn of what is unknown. Raises as `gateway_call` does.
    """
    outside_transactions("a gateway")
    adapter, credentials = adapter_get(gateway), credentials_of(gateway)
    call = _begun(gateway, CallKind.ASK, order, now)
    started = time.monotonic()
    news: Sequence[News] = ()
    code = "no_answer"
    try:
        news = tuple(adapter.ask(order, gateway_reference, credentials))
    except Exception as problem:
        log.exception("gateways:ask:failed", gateway=gateway, reference=order.reference)
        code = type(problem).__name__
    if news:
        code = ",".join(sorted({one.kind.value for one in news}))
    _answered(call, Standing.DONE if news else Standing.UNKNOWN, "", code, started)
    return news


def _sent(adapter: Adapter, what: CallKind, order: Order, credentials: Credentials, now: datetime) -> Reply:
    ways: dict[CallKind, Callable[[Order, Credentials], Reply]] = {
        CallKind.DEPOSIT_BEGIN: adapter.deposit_begin,
        CallKind.PAYOUT_SEND: adapter.payout_send,
        CallKind.REFUND_SEND: adapter.refund_send,
    }
    send = ways[what]
    call = _begun(credentials.gateway, what, order, now)
    started = time.monotonic()
    try:
        reply = send(order, credentials)
    except Exception as problem:
        # An adapter that breaks may have sent the order: nobody knows, so the janitor asks.
        log.exception("gateways:call:failed", gateway=credentials.gateway, reference=order.reference, what=what.value)
        reply = Reply(standing=Standing.UNKNOWN, code=type(problem).__name__)
    _answered(call, reply.standing, reply.reference, reply.code, started)
    return reply


def _held_back(gateway: str, what: CallKind, order: Order, code: str, now: datetime) -> Reply:
    """Nothing is sent. A row without an answer, or with one that was not a no, may have arrived earlier."""
    earlier = GatewayCall.objects.filter(gateway=gateway, reference=order.reference, what=what, sent=True)
    uncertain = earlier.exclude(standing=Standing.DECLINED).exists()
    standing = Standing.UNKNOWN if uncertain else Standing.DECLINED
    GatewayCall.objects.create(
        gateway=gateway, what=what, purpose=order.purpose, reference=order.reference, sent=False, called_at=now,
        standing=standing, code=code, ms=0,
    )  # fmt: skip
    return Reply(standing=standing, code=code, text="The payment gateway takes no payments at the moment.")


def _begun(gateway: str, what: CallKind, order: Order, now: datetime) -> GatewayCall:
    return GatewayCall.objects.create(
        gateway=gateway, what=what, purpose=order.purpose, reference=order.reference, sent=True, called_at=now
    )


def _answered(call: GatewayCall, standing: Standing, reference: str, code: str, started: float) -> None:
    call.standing, call.gateway_reference, call.code = standing, reference[:120], code[:80]
    call.ms = round((time.monotonic() - started) * 1000)
    call.save(update_fields=["standing", "gateway_reference", "code", "ms"])
