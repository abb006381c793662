"""Withdrawals and payments whose turn has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.models import Payout, Withdrawal

STUCK: Final = timedelta(minutes=2)


def auto_approved_waiting(most: int = 100) -> list[int]:
    """What a rule approved and nobody has sent."""
    rows = Withdrawal.objects.filter(state=WithdrawalState.APPROVED, auto_approved=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def payouts_stuck(now: datetime, most: int = 100) -> list[int]:
    """Payments that have been being sent for longer than a call takes."""
    rows = Payout.objects.filter(state=PayoutState.SENDING, sent_at__lt=now - STUCK)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def withdrawals_waiting_for_documents(most: int = 500) -> list[int]:
    """Those in the state, the longest first."""
    rows = Withdrawal.objects.filter(state=WithdrawalState.KYC)
    return list(rows.order_by("state_since").values_list("pk", flat=True)[:most])
