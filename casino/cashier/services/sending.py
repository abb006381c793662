"""What is sent to gateways, each call between two transactions: a deposit along its route, refunds that wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from casino.cashier.enums import DepositState, RefundState
from casino.cashier.locks import deposit_lock, refund_lock
from casino.cashier.models import Deposit, DepositTry, Refund
from casino.cashier.selectors.orders import deposit_order, refund_order
from casino.cashier.services.asking import deposit_ask
from casino.cashier.services.endings import deposit_end
from casino.cashier.services.instruments import instrument_keep
from casino.cashier.services.refunds import refund_failed, refund_paid
from casino.cashier.services.steps import Told, deposit_note, deposit_step
from casino.cashier.states import OPEN
from casino.gateways.calls import NOT_SENT, gateway_call
from casino.gateways.enums import CallKind, Standing
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown
from casino.gateways.types import Reply
from casino.routing.decisions.cascade import goes_on
from casino.routing.types import RouteStep

SENDABLE: Final = frozenset({DepositState.CREATED, DepositState.PENDING})
NO_GATEWAY: Final = "no_gateway"


def deposit_send(
    *, deposit_id: int, steps: Sequence[RouteStep], return_url: str, ip: str, actor: str, now: datetime
) -> None:
    """Ask the gateways of the route in their order, until one takes it on or ends it. Outside of transactions."""
    for number, step in enumerate(steps, start=1):
        tried = _try_begun(deposit_id, number, step, now)
        if tried is None:
            return
        reply = _called(tried, return_url, ip, now)
        soft = goes_on(reply, step.stop_codes)
        more = soft and number < len(steps)
        stopped = reply.standing is Standing.DECLINED and not soft
        _answered(tried.pk, reply, Told(actor=f"gateway:{step.gateway}", now=now), more=more, stopped=stopped)
        if reply.standing is Standing.DONE:
            # Done is its word for our call; what was paid we hear as a fact, with the amount.
            deposit_ask(deposit_id=deposit_id, now=now)
        if not more:
            return
    if not steps:
        _no_gateway(deposit_id, actor, now)


def _called(tried: DepositTry, return_url: str, ip: str, now: datetime) -> Reply:
    order = deposit_order(tried.deposit, tried, return_url=return_url, ip=ip)
    try:
        return gateway_call(gateway=tried.gateway, what=CallKind.DEPOSIT_BEGIN, order=order, now=now)
    except (GatewayUnknown, GatewayNotConfigured) as refusal:
        return Reply(standing=Standing.DECLINED, code=refusal.code, text=refusal.message)


@transaction.atomic
def _try_begun(deposit_id: int, number: int, step: RouteStep, now: datetime) -> DepositTry | None:
    """The row of a call that is about to go out; None where the deposit ended meanwhile."""
    deposit = deposit_lock(deposit_id)
    if deposit.state not in SENDABLE:
        return None
    deposit.gateway = step.gateway
    deposit.save(update_fields=["gateway"])
    return DepositTry.objects.create(
        deposit=deposit, number=number, gateway=step.gateway, gateway_method=step.gateway_method,
        why=step.reason[:300], started_at=now,
    )  # fmt: skip


@transaction.atomic
def _answered(try_id: int, reply: Reply, told: Told, *, more: bool, stopped: bool) -> None:
    deposit = deposit_lock(DepositTry.objects.values_list("deposit_id", flat=True).get(pk=try_id))
    tried = DepositTry.objects.get(pk=try_id)
    tried.standing, tried.gateway_reference, tried.answered_at = reply.standing, reply.reference[:200], told.now
    tried.code, tried.text, tried.stopped = reply.code[:100], reply.text[:300], stopped
    tried.save(update_fields=["standing", "gateway_reference", "answered_at", "code", "text", "stopped"])
    if reply.instrument is not None:
        instrument_keep(
            player_id=deposit.player_id, gateway=tried.gateway, told=reply.instrument, used=False, now=told.now
        )
    if deposit.state not in OPEN or deposit.gateway != tried.gateway:
        deposit_note(deposit, f"{tried.gateway} answered {reply.standing} when it was {deposit.state} already", told)
        return
    if reply.standing is Standing.DECLINED:
        _declined(deposit, tried, told, more=more)
        return
    deposit.gateway_reference = reply.reference[:200] or deposit.gateway_reference
    deposit.client = dict(reply.client)
    fields = ["gateway_reference", "client"]
    deposit.save(update_fields=fields)
    taken = reply.standing in (Standing.AUTHORISED, Standing.DONE)
    state = DepositState.AUTHORISED if taken else DepositState.PENDING
    if state != deposit.state and deposit.state != DepositState.AUTHORISED:
        deposit_step(deposit, state, f"{tried.gateway}: {Standing(reply.standing).label}", told)


def _declined(deposit: Deposit, tried: DepositTry, told: Told, *, more: bool) -> None:
    why = tried.text or tried.code or "no reason told"
    if more:
        deposit_note(deposit, f"{tried.gateway} declined ({why}): the next gateway is asked", told)
        return
    deposit_end(deposit, DepositState.DECLINED, tried.code or "declined", f"{tried.gateway} declined: {why}", told)


@transaction.atomic
def _no_gateway(deposit_id: int, actor: str, now: datetime) -> None:
    deposit = deposit_lock(deposit_id)
    if deposit.state in OPEN:
        told = Told(actor=actor, now=now)
        deposit_end(deposit, DepositState.FAILED, NO_GATEWAY, "No gateway can take it at the moment", told)


def refunds_send(*, now: datetime, most: int = 100) -> int:
    """Send the refunds that wait, the oldest first. Outside of transactions; returns how many were sent."""
    waiting = Refund.objects.filter(state=RefundState.WAITING).order_by("created_at")
    return sum(refund_send(refund_id=pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:most]))


def refund_send(*, refund_id: int, now: datetime) -> bool:
    """Send one refund; False where it stays waiting. Repeatable: the gateway knows it by its reference."""
    refund = Refund.objects.select_related("deposit__player__brand", "deposit__instrument").get(pk=refund_id)
    if refund.state != RefundState.WAITING:
        return False
    gateway = refund.deposit.gateway
    try:
        reply = gateway_call(gateway=gateway, what=CallKind.REFUND_SEND, order=refund_order(refund), now=now)
    except (GatewayUnknown, GatewayNotConfigured):
        return False
    if reply.code in NOT_SENT:
        return False
    return _refund_answered(refund_id, reply, Told(actor=f"gateway:{gateway}", now=now))


@transaction.atomic
def _refund_answered(refund_id: int, reply: Reply, told: Told) -> bool:
    refund = refund_lock(refund_id)
    if refund.state != RefundState.WAITING:
        return True  # its news was quicker than its answer
    refund.gateway_reference = reply.reference[:200]
    refund.save(update_fields=["gateway_reference"])
    if reply.standing is Standing.DECLINED:
        refund_failed(refund, reply.text or reply.code or "declined", told)
    elif reply.standing is Standing.DONE:
        refund_paid(refund, told)
    else:
        refund.state, refund.sent_at = RefundState.SENT, told.now
        refund.save(update_fields=["state", "sent_at"])
        deposit_note(refund.deposit, f"Refund sent: {Standing(reply.standing).label}", told)
    return True
