"""What a ledger transaction on a clearing account is called at its gateway."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from casino.cashier.enums import DepositState
from casino.cashier.models import Chargeback, Deposit, DepositStep, Refund
from casino.settlements.models import WriteOff
from casino.withdrawals.models import Payout


@dataclass(frozen=True, slots=True)
class Name:
    """Our reference, the gateway's, and the deposit's where it is about one."""

    reference: str
    gateway_reference: str = ""
    also: str = ""


def names_of(transactions: Collection[UUID]) -> dict[UUID, Name]:
    """The names of those that belong to deposits, refunds, chargebacks and payouts."""
    named: dict[UUID, Name] = {}
    for deposit in Deposit.objects.filter(Q(transaction_id__in=transactions) | Q(suspense_id__in=transactions)):
        name = Name(deposit.reference, deposit.gateway_reference)
        named |= {booked: name for booked in (deposit.transaction_id, deposit.suspense_id) if booked}
    reversals = DepositStep.objects.filter(after=DepositState.REVERSED, transaction_id__in=transactions)
    for step in reversals.select_related("deposit"):
        if step.transaction_id is not None:
            named[step.transaction_id] = Name(step.deposit.reference, step.deposit.gateway_reference)
    refunds = Refund.objects.filter(Q(transaction_id__in=transactions) | Q(return_id__in=transactions))
    for refund in refunds.select_related("deposit"):
        name = Name(refund.reference, refund.gateway_reference, refund.deposit.reference)
        named |= {booked: name for booked in (refund.transaction_id, refund.return_id) if booked}
    disputes = Chargeback.objects.filter(Q(transaction_id__in=transactions) | Q(reversal_id__in=transactions))
    for dispute in disputes.select_related("deposit"):
        name = Name(dispute.deposit.reference, dispute.gateway_reference, dispute.deposit.reference)
        named |= {booked: name for booked in (dispute.transaction_id, dispute.reversal_id) if booked}
    for payout in Payout.objects.filter(Q(settled_by__in=transactions) | Q(returned_by__in=transactions)):
        name = Name(payout.reference, payout.gateway_reference)
        named |= {booked: name for booked in (payout.settled_by, payout.returned_by) if booked}
    for booked in WriteOff.objects.filter(transaction_id__in=transactions):
        named[booked.transaction_id] = Name(f"write-off of break {booked.of_id}")
    return named
