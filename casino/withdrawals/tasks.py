"""What runs by itself. Each task may run twice, and at once, without harm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from celery import shared_task

from casino.withdrawals.selectors.due import (
    auto_approved_waiting,
    payouts_stuck,
    withdrawals_waiting_for_documents,
)
from casino.withdrawals.services.endings import withdrawal_expire
from casino.withdrawals.services.payments import SYSTEM, payout_lost, payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.review import withdrawal_documents_came
from common.clock import utc_now
from common.errors import Refusal


@shared_task
def pay_withdrawals() -> int:
    """Submit what a rule approved, and send every payment that may go."""
    for withdrawal_id in auto_approved_waiting():
        _one(partial(withdrawal_submit, withdrawal_id=withdrawal_id, actor=SYSTEM, now=utc_now()))
    due = payouts_due()
    for payout_id in due:
        _one(partial(payout_send, payout_id=payout_id, actor=SYSTEM, now=utc_now()))
    return len(due)


@shared_task
def look_after_withdrawals() -> None:
    """What waits for documents goes on or expires; a payment whose sender died becomes the janitor's."""
    for payout_id in payouts_stuck(utc_now()):
        payout_lost(payout_id=payout_id, now=utc_now())
    for withdrawal_id in withdrawals_waiting_for_documents():
        if not withdrawal_documents_came(withdrawal_id=withdrawal_id, actor=SYSTEM, now=utc_now()):
            withdrawal_expire(withdrawal_id=withdrawal_id, actor=SYSTEM, now=utc_now())


def _one(step: Callable[[], object]) -> None:
    """A refusal of one is no reason to leave the others."""
    with suppress(Refusal):
        step()
