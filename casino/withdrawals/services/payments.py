"""Paying an approved withdrawal: each payment is written down before its gateway is called, outside any transaction.

A payment whose answer never came is UNKNOWN: the janitor asks, and only when the gateway never heard of it is it sent
again, under the same reference (architecture §4).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from casino.gateways.calls import gateway_call
from casino.gateways.enums import CallKind, Purpose, Standing
from casino.gateways.errors import GatewayNotConfigured, GatewayUnknown
from casino.gateways.types import Reply
from casino.routing.decisions.cascade import goes_on
from casino.routing.selectors.plans import route_plan
from casino.routing.types import RouteStep
from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.errors import StepRefused
from casino.withdrawals.locks import withdrawal_lock
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.payouts import newest_tries, payout_figures, payout_order
from casino.withdrawals.services.outcomes import payout_confirm, payout_fail, payout_take_on, withdrawal_settle
from casino.withdrawals.services.requests import payout_plan
from casino.withdrawals.services.review import BINDING, recheck
from casino.withdrawals.services.steps import payout_step, staff_allowed, withdrawal_step
from casino.withdrawals.states import AT_GATEWAY
from wallet.locks import busy_when_locked

SYSTEM: Final = "system:withdrawals"
# Longer than a call to a gateway may take: a payment that is still being sent then was sent by a process that died.
STUCK: Final = timedelta(minutes=2)


@busy_when_locked()
@transaction.atomic
def withdrawal_submit(*, withdrawal_id: int, actor: str, now: datetime, reason: str = "") -> Withdrawal:
    """Let its payments go: from approved, or once more from failed. The payments are sent by `payout_send`.

    A colleague needs the right to pay; the system sends what a rule approved. What binds is asked anew: an approved
    withdrawal that became red since is not sent. Raises StepRefused, StepNotAllowed, ReasonMissing.
    """
    asked = withdrawal_lock(withdrawal_id)
    if actor != SYSTEM:
        staff_allowed(asked, WithdrawalState.SUBMITTED, actor=actor, reason=reason, now=now)
    elif asked.state != WithdrawalState.APPROVED or not asked.auto_approved:
        raise StepRefused(state=asked.state, wanted=WithdrawalState.SUBMITTED.value)
    checks, risk, rule = recheck(asked, now)
    against = [check for check in checks if not check.green and check.effect in BINDING]
    if against and asked.state == WithdrawalState.APPROVED:
        words = " ".join(f"{check.title}: {check.text}" for check in against)
        return withdrawal_step(
            asked, WithdrawalState.FROZEN, actor=actor, reason=f"Not sent. {words}", now=now, checks=checks, risk=risk,
            rule=rule,
        )  # fmt: skip
    for payout in newest_tries(asked.pk):
        if payout.state in (PayoutState.FAILED, PayoutState.DROPPED):
            _tried_again(payout, now)
    return withdrawal_step(
        asked, WithdrawalState.SUBMITTED, actor=actor, reason=reason or "Approved by rule: sent.", now=now
    )


def payouts_due(*, withdrawal_id: int | None = None, most: int = 100) -> list[int]:
    """Payments that are planned and may go, the oldest first."""
    rows = Payout.objects.filter(state=PayoutState.PLANNED, withdrawal__state__in=("submitted", "pay_pending"))
    if withdrawal_id is not None:
        rows = rows.filter(withdrawal_id=withdrawal_id)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def payout_send(*, payout_id: int, actor: str, now: datetime) -> Payout:
    """Send one payment by its route, and by the next gateway where one declines softly. Outside transactions.

    Safe to repeat and to run twice at once: only the process that claims it calls the gateway.
    """
    payout = Payout.objects.select_related("withdrawal__player__brand", "instrument").get(pk=payout_id)
    steps = _route(payout, now)
    for place, step in enumerate(steps):
        if not _claimed(payout, step, actor, now):
            return payout
        reply = _called(payout, now)
        last = place == len(steps) - 1 or not goes_on(reply, step.stop_codes)
        following = _answered(payout.pk, reply, again=not last, now=now)
        if following is None:
            return Payout.objects.get(pk=payout.pk)
        payout = following
    if not steps:
        _no_route(payout.pk, actor, now)
    return Payout.objects.get(pk=payout.pk)


@busy_when_locked()
@transaction.atomic
def payout_lost(*, payout_id: int, now: datetime) -> bool:
    """A payment whose sender died: from now on its outcome is unknown, and the janitor's. False when it is not."""
    payout = _locked(payout_id)
    if payout.state != PayoutState.SENDING or payout.sent_at is None or payout.sent_at + STUCK > now:
        return False
    payout_step(payout, PayoutState.UNKNOWN, actor=SYSTEM, now=now, note="Its sender did not come back.")
    withdrawal_settle(payout.withdrawal, actor=SYSTEM, now=now)
    return True


def payout_send_again(*, payout_id: int, now: datetime) -> Payout:
    """The gateway never heard of it: the very same payment is sent once more. Outside transactions."""
    with transaction.atomic():
        payout = _locked(payout_id)
        if payout.state != PayoutState.UNKNOWN:
            return payout
        payout.sent_at = now
        payout_step(payout, PayoutState.SENDING, actor=SYSTEM, now=now, note="Sent again.", fields=["sent_at"])
    reply = _called(payout, now)
    _answered(payout.pk, reply, again=False, now=now)
    return Payout.objects.get(pk=payout.pk)


def _route(payout: Payout, now: datetime) -> Sequence[RouteStep]:
    """The gateways in turn; one that declined an earlier try of this part comes last."""
    plan = route_plan(
        player_id=payout.player_id, purpose=Purpose.PAYOUT, method=payout.method, amount=payout.amount,
        currency=payout.currency, now=now, reference=payout.reference,
        instrument_gateway=payout.instrument.gateway if payout.instrument and payout.instrument.token else "",
    )  # fmt: skip
    earlier = Payout.objects.filter(withdrawal_id=payout.withdrawal_id, part=payout.part, state=PayoutState.FAILED)
    declined = set(earlier.values_list("gateway", flat=True))
    return sorted(plan.steps, key=lambda step: step.gateway in declined)


@busy_when_locked()
@transaction.atomic
def _claimed(payout: Payout, step: RouteStep, actor: str, now: datetime) -> bool:
    locked = _locked(payout.pk)
    if locked.state != PayoutState.PLANNED or locked.withdrawal.state not in ("submitted", "pay_pending"):
        return False
    locked.gateway, locked.gateway_method, locked.sent_at = step.gateway, step.gateway_method, now
    locked.stop_codes = sorted(step.stop_codes)
    payout_step(
        locked, PayoutState.SENDING, actor=actor, now=now, note=step.reason,
        fields=["gateway", "gateway_method", "sent_at", "stop_codes"],
    )  # fmt: skip
    payout.gateway, payout.gateway_method, payout.sent_at, payout.state = (
        locked.gateway, locked.gateway_method, locked.sent_at, locked.state,
    )  # fmt: skip
    return True


def _called(payout: Payout, now: datetime) -> Reply:
    try:
        return gateway_call(gateway=payout.gateway, what=CallKind.PAYOUT_SEND, order=payout_order(payout), now=now)
    except (GatewayUnknown, GatewayNotConfigured) as refusal:
        return Reply(standing=Standing.DECLINED, code=refusal.code, text=refusal.message)


@busy_when_locked()
@transaction.atomic
def _answered(payout_id: int, reply: Reply, *, again: bool, now: datetime) -> Payout | None:
    """Write down what the gateway answered; the next try of the part where it is to go on with another gateway."""
    payout = _locked(payout_id)
    if payout.state not in AT_GATEWAY:
        return None  # its news was quicker
    payout.code, payout.text = reply.code[:60], reply.text[:300]
    payout.gateway_reference = reply.reference[:200] or payout.gateway_reference
    payout.save(update_fields=["code", "text", "gateway_reference"])
    actor = f"gateway:{payout.gateway}"
    following = None
    if reply.standing is Standing.DONE:
        payout_confirm(payout, actor=actor, now=now)
    elif reply.standing is Standing.DECLINED:
        payout_fail(payout, code=reply.code, text=reply.text, actor=actor, now=now)
        following = _tried_again(payout, now) if again else None
    elif reply.standing is Standing.UNKNOWN:
        if payout.state == PayoutState.SENDING:
            payout_step(payout, PayoutState.UNKNOWN, actor=actor, now=now, note=reply.code)
    elif payout.state != PayoutState.PENDING:
        payout_take_on(payout, actor=actor, now=now)
    withdrawal_settle(payout.withdrawal, actor=actor, now=now)
    if following is None:
        return None
    return Payout.objects.select_related("withdrawal__player__brand", "instrument").get(pk=following.pk)


@busy_when_locked()
@transaction.atomic
def _no_route(payout_id: int, actor: str, now: datetime) -> None:
    payout = _locked(payout_id)
    if payout.state != PayoutState.PLANNED:
        return
    payout.code, payout.text = "no_route", "No gateway takes it at the moment."
    payout_step(payout, PayoutState.DROPPED, actor=actor, now=now, note=payout.text, fields=["code", "text"])
    withdrawal_settle(payout.withdrawal, actor=actor, now=now)


def _tried_again(payout: Payout, now: datetime) -> Payout:
    """The next try of a part whose last one failed: another reference, the same money and figures."""
    tries = Payout.objects.filter(withdrawal_id=payout.withdrawal_id, part=payout.part)
    return payout_plan(
        asked=payout.withdrawal, part=payout.part, attempt=tries.count() + 1, hold_id=payout.hold_id,
        instrument_id=payout.instrument_id, closed_loop=payout.closed_loop, method=payout.method,
        figures=payout_figures(payout), now=now,
    )  # fmt: skip


def _locked(payout_id: int) -> Payout:
    withdrawal_lock(Payout.objects.values_list("withdrawal_id", flat=True).get(pk=payout_id))
    rows = Payout.objects.select_related("withdrawal__player__brand", "instrument")
    return rows.select_for_update(of=("self",)).get(pk=payout_id)
