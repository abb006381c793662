"""Deposits under the caps: let in and counted in one transaction, given back when they fail (compliance.md §2.8, 1, 2).

For the cashier: `deposit_reserve` before the payment provider is asked, `deposit_release` when it fails, and
`deposit_settle` in the transaction that books the deposit. A withdrawal that is paid is told by `withdrawal_count`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction

from common.errors import Refusal
from common.money import ZERO, decimal_text
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.limits.decisions import deposit_check
from compliance.limits.enums import CaseKind, DepositState
from compliance.limits.errors import (
    AffordabilityRequired,
    DepositEnded,
    DepositLimitReached,
    DepositReferenceTaken,
    DepositUnknown,
    LimitAmountRefused,
)
from compliance.limits.locks import limits_lock
from compliance.limits.models import CountedWithdrawal, DepositReservation
from compliance.limits.selectors.counts import deposits_since
from compliance.limits.selectors.rules import Trigger, trigger_of
from compliance.limits.selectors.usage import counts_of, deposit_limits
from compliance.limits.services.care_cases import care_case_open, check_standing
from compliance.limits.services.counters import counters_move
from players.models import Player
from wallet.locks import busy_when_locked
from wallet.selectors.flows import flows_since

ROLLING: Final = timedelta(days=30)


@busy_when_locked()
def deposit_reserve(
    *, player_id: int, amount: Decimal, currency: str, reference: str, actor: str, now: datetime
) -> DepositReservation:
    """Let a deposit of `amount` (> 0, in the player's `currency`) in, and count it from now on.

    `reference` is the cashier's name of the deposit, at most 100 characters; asked again with the same amount it is
    the same deposit. Raises DepositLimitReached with how much is used, AffordabilityRequired, DepositReferenceTaken,
    LimitAmountRefused. A refusal is kept in the trail, and the check that it asks for is opened: so it is raised after
    that is committed, and must not take the caller's transaction with it.
    """
    if not (amount.is_finite() and amount > ZERO):
        raise LimitAmountRefused(problem="is not above zero")
    with transaction.atomic():
        player = Player.objects.get(pk=player_id)
        if currency != player.currency:
            raise LimitAmountRefused(problem=f"is not in {player.currency}")
        limits_lock(player)
        known = DepositReservation.objects.filter(player=player, reference=reference).first()
        if known is not None:
            if known.amount != amount:
                raise DepositReferenceTaken
            return known
        refusal = _refusal(player, amount, now)
        if refusal is None:
            made = DepositReservation.objects.create(
                player=player, reference=reference, amount=amount, currency=currency, reserved_at=now
            )
            counters_move(player=player, now=now, deposited=amount)
            _vulnerability(player, now)
            return made
        audit_record(
            name=EventName.DEPOSIT_REFUSED, actor=actor, now=now, subject=f"players.player:{player.pk}",
            brand_id=player.brand_id, player_id=player.pk, outcome=Outcome.REFUSED,
            after={"amount": amount, "currency": currency, "code": refusal.code} | refusal.details,
        )  # fmt: skip
    raise refusal


@busy_when_locked()
@transaction.atomic
def deposit_release(*, player_id: int, reference: str, now: datetime) -> DepositReservation:
    """The deposit failed: it counts no more, in the periods in which it was counted. Again: the same.

    Raises DepositUnknown, DepositEnded when it was booked.
    """
    player, deposit = _locked(player_id, reference)
    if deposit.state == DepositState.SETTLED:
        raise DepositEnded(state=deposit.state)
    if deposit.state == DepositState.RESERVED:
        deposit.state, deposit.ended_at = DepositState.RELEASED, now
        deposit.save(update_fields=["state", "ended_at"])
        counters_move(player=player, now=now, since=deposit.reserved_at, deposited=-deposit.amount)
    return deposit


@busy_when_locked()
@transaction.atomic
def deposit_settle(*, player_id: int, reference: str, transaction_id: UUID, now: datetime) -> DepositReservation:
    """The deposit was booked as a ledger transaction: it goes on counting. Call it in the transaction that books it.

    Raises DepositUnknown, DepositEnded when it failed before or was booked otherwise: a late success is no deposit.
    """
    _, deposit = _locked(player_id, reference)
    if deposit.state != DepositState.RESERVED:
        if deposit.transaction_id == transaction_id:
            return deposit
        raise DepositEnded(state=deposit.state)
    deposit.state, deposit.ended_at, deposit.transaction_id = DepositState.SETTLED, now, transaction_id
    deposit.save(update_fields=["state", "ended_at", "transaction_id"])
    return deposit


@busy_when_locked()
@transaction.atomic
def withdrawal_count(*, player_id: int, amount: Decimal, reference: str, now: datetime) -> CountedWithdrawal:
    """A withdrawal was paid: net deposits fall by it. In the transaction that books it; again: the same."""
    player = Player.objects.get(pk=player_id)
    limits_lock(player)
    counted, is_new = CountedWithdrawal.objects.get_or_create(
        player=player, reference=reference, defaults={"amount": amount, "currency": player.currency, "paid_at": now}
    )
    if is_new:
        counters_move(player=player, now=now, withdrawn=amount)
    return counted


def _locked(player_id: int, reference: str) -> tuple[Player, DepositReservation]:
    player = Player.objects.get(pk=player_id)
    limits_lock(player)
    deposit = DepositReservation.objects.filter(player=player, reference=reference).first()
    if deposit is None:
        raise DepositUnknown
    return player, deposit


def _refusal(player: Player, amount: Decimal, now: datetime) -> Refusal | None:
    reached = deposit_check(amount=amount, limits=deposit_limits(player=player, now=now), now=now)
    if reached is not None:
        return DepositLimitReached(**reached.evidence)
    trigger = trigger_of(player, now)
    if trigger is None or not trigger.blocks:
        return None
    net = _net_deposits(player, trigger, now)
    standing = check_standing(player=player, kind=CaseKind.AFFORDABILITY, now=now)
    affordable = max(trigger.threshold, (standing.allowed if standing else None) or ZERO)
    if net + amount <= affordable:
        return None
    care_case_open(
        player=player, kind=CaseKind.AFFORDABILITY, figure=net + amount, threshold=trigger.threshold,
        window=trigger.window, policy_row=trigger.policy_row, now=now,
    )  # fmt: skip
    return AffordabilityRequired(
        net_deposits=decimal_text(net), allowed=decimal_text(affordable), window=trigger.window,
        policy_row=str(trigger.policy_row),
    )  # fmt: skip


def _vulnerability(player: Player, now: datetime) -> None:
    """Open the check that follows a deposit and does not stop it (UK-17), unless one stands."""
    trigger = trigger_of(player, now)
    if trigger is None or trigger.blocks:
        return
    if check_standing(player=player, kind=CaseKind.VULNERABILITY, now=now) is not None:
        return
    net = _net_deposits(player, trigger, now)
    if net > trigger.threshold:
        care_case_open(
            player=player, kind=CaseKind.VULNERABILITY, figure=net, threshold=trigger.threshold,
            window=trigger.window, policy_row=trigger.policy_row, now=now,
        )  # fmt: skip


def _net_deposits(player: Player, trigger: Trigger, now: datetime) -> Decimal:
    """Deposits, those under way included, less withdrawals paid, in the trigger's window."""
    if trigger.window == "calendar_month":
        count = counts_of(player=player, periods=["month"], now=now)["month"]
        return count.deposited - count.withdrawn
    since = now - ROLLING
    flows = flows_since(player_id=player.pk, currency=player.currency, since=since)
    return deposits_since(player=player, booked=flows.deposited, since=since) - flows.withdrawn
