"""A withdrawal that ends without being paid: rejected, taken back by the player, expired. The held money goes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.errors import (
    PayoutUnderWay,
    ReversalForbidden,
    TooLateToCancel,
    WithdrawalNotFound,
)
from casino.withdrawals.locks import withdrawal_lock
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.payouts import newest_tries
from casino.withdrawals.services.steps import payout_step, staff_allowed, withdrawal_step
from casino.withdrawals.states import AT_GATEWAY, PLAYER, rights_of
from common.money import ZERO
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player
from wallet.locks import busy_when_locked
from wallet.services.holds import hold_release


@busy_when_locked()
@transaction.atomic
def withdrawal_cancel(*, player_id: int, withdrawal_id: int, actor: str, now: datetime) -> Withdrawal:
    """The player takes it back: only before somebody works on it, and only where the market allows (UK-10, SE).

    An excluded player's money leaves: it is not given back to be played (G-18). Raises WithdrawalNotFound,
    ReversalForbidden, TooLateToCancel.
    """
    asked = withdrawal_lock(withdrawal_id)
    if asked.player_id != player_id:
        raise WithdrawalNotFound
    if not reversal_allowed(asked.player, now):
        raise ReversalForbidden
    if PLAYER not in rights_of(asked.state, WithdrawalState.CANCELLED):
        raise TooLateToCancel(state=asked.state)
    give_back(asked, actor=actor, now=now)
    return withdrawal_step(asked, WithdrawalState.CANCELLED, actor=actor, reason="Taken back by the player.", now=now)


def reversal_allowed(player: Player, now: datetime) -> bool:
    """Whether the policy of the player's market lets withdrawals be taken back, and no exclusion stands."""
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    return policy.flag(PolicyKey.WITHDRAWAL_REVERSE) and not exclusions_in_force(player_id=player.pk, now=now)


@busy_when_locked()
@transaction.atomic
def withdrawal_reject(*, withdrawal_id: int, reason: str, actor: str, now: datetime) -> Withdrawal:
    """A colleague turns it down: what is not paid goes back to the player; a part that is paid stays paid.

    Raises what `staff_allowed` raises, and PayoutUnderWay.
    """
    asked = withdrawal_lock(withdrawal_id)
    paid = paid_of(asked) > ZERO
    after = WithdrawalState.PART_PAID if paid else WithdrawalState.REJECTED
    if Payout.objects.filter(withdrawal=asked, state__in=AT_GATEWAY).exists():
        raise PayoutUnderWay
    staff_allowed(asked, after, actor=actor, reason=reason, now=now)
    give_back(asked, actor=actor, now=now)
    return withdrawal_step(asked, after, actor=actor, reason=reason, now=now)


@busy_when_locked()
@transaction.atomic
def withdrawal_expire(*, withdrawal_id: int, actor: str, now: datetime) -> bool:
    """Documents did not come in time: the money goes back. False when it does not wait for them, or not long enough."""
    asked = withdrawal_lock(withdrawal_id)
    days = asked.rule.kyc_wait_days if asked.rule else 30
    if asked.state != WithdrawalState.KYC or asked.state_since + timedelta(days=days) > now:
        return False
    give_back(asked, actor=actor, now=now)
    withdrawal_step(asked, WithdrawalState.EXPIRED, actor=actor, reason=f"No documents within {days} days.", now=now)
    return True


def give_back(asked: Withdrawal, *, actor: str, now: datetime) -> None:
    """Release every hold that waits, and drop the payments that were never sent. Raises StepRefused, PayoutUnderWay."""
    for payout in newest_tries(asked.pk):
        if payout.state in AT_GATEWAY:
            raise PayoutUnderWay
        if payout.state == PayoutState.PLANNED:
            payout_step(payout, PayoutState.DROPPED, actor=actor, now=now, note="Never sent.")
        if payout.state in (PayoutState.DROPPED, PayoutState.FAILED):
            hold_release(hold_id=payout.hold_id, actor=actor, now=now)


def paid_of(asked: Withdrawal) -> Decimal:
    """What was paid of it and did not come back, in the wallet's currency."""
    rows = newest_tries(asked.pk)
    return sum((row.held for row in rows if row.state == PayoutState.CONFIRMED), ZERO)
