"""What became of a payment, booked: paid from its hold, failed, come back; and where that leaves the withdrawal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casino.cashier.services.conversion import payout_side
from casino.outbox.enums import FactName
from casino.outbox.services.facts import fact_announce
from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.payouts import newest_tries, payout_figures
from casino.withdrawals.services.steps import payout_step, withdrawal_step
from casino.withdrawals.states import LIVE, WITH_GATEWAY, may_follow, state_of_payouts
from common.money import base_amount, decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.kyc.services.money import flow_count
from compliance.limits.services.deposits import withdrawal_count
from wallet.enums import AccountKind, TransactionKind
from wallet.errors import HoldEnded
from wallet.selectors.rates import units_per_base
from wallet.services.accounts import player_account_open
from wallet.services.holds import hold_settle
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.transactions import Movement


def payout_take_on(payout: Payout, *, actor: str, now: datetime) -> None:
    """The gateway has it; the outcome comes later."""
    payout_step(payout, PayoutState.PENDING, actor=actor, now=now, note="Taken on by the gateway.")


def payout_confirm(payout: Payout, *, actor: str, now: datetime) -> None:
    """It is paid: held -> clearing, with fee and conversion; counted for limits and verification."""
    payout.settled_by = _settled(payout, actor, now)
    payout_step(payout, PayoutState.CONFIRMED, actor=actor, now=now, note="Paid.", fields=["settled_by"])
    _counted(payout, payout.settled_by, now)
    fact_announce(
        name=FactName.WITHDRAWAL_PAID, player_id=payout.player_id, key=payout.reference, now=now,
        payload={
            "reference": payout.withdrawal.reference, "payout": payout.reference, "amount": decimal_text(payout.held),
            "currency": payout.withdrawal.currency, "paid": decimal_text(payout.amount),
            "paid_currency": payout.currency,
        },
    )  # fmt: skip


def payout_fail(payout: Payout, *, code: str, text: str, actor: str, now: datetime) -> None:
    """It is not paid; its money stays held until it is sent again or given back."""
    payout.code, payout.text = code[:60], text[:300]
    payout_step(
        payout, PayoutState.FAILED, actor=actor, now=now, note=f"{code} {text}".strip(), fields=["code", "text"]
    )


def payout_return(payout: Payout, *, actor: str, now: datetime) -> None:
    """It came back: the player gets the whole of it again, fee and margin too. What was not known as paid is first."""
    if payout.settled_by is None:
        payout.settled_by = _settled(payout, actor, now)
        _counted(payout, payout.settled_by, now)
    side = payout_side(payout_figures(payout), payout.gateway, back=True)
    payout.returned_by = player_credit(
        kind=TransactionKind.WITHDRAWAL_RETURN, player_id=payout.player_id, currency=payout.withdrawal.currency,
        source_id=side.across, amount=payout.held, also=side.movements, actor=actor, now=now,
        reference=payout.reference,
    )  # fmt: skip
    payout_step(
        payout, PayoutState.RETURNED, actor=actor, now=now, note="Came back.", fields=["settled_by", "returned_by"]
    )
    fact_announce(
        name=FactName.WITHDRAWAL_RETURNED, player_id=payout.player_id, key=payout.reference, now=now,
        payload={
            "reference": payout.withdrawal.reference, "payout": payout.reference, "amount": decimal_text(payout.held),
            "currency": payout.withdrawal.currency,
        },
    )  # fmt: skip


def withdrawal_settle(asked: Withdrawal, *, actor: str, now: datetime) -> None:
    """Move the withdrawal to where its payments stand, if that is elsewhere."""
    tries = newest_tries(asked.pk)
    after = state_of_payouts([row.state for row in tries])
    if after is WithdrawalState.PAID and asked.state in (WithdrawalState.REJECTED, WithdrawalState.PART_PAID):
        pass  # paid after all
    elif asked.state not in (*WITH_GATEWAY, WithdrawalState.PAID, WithdrawalState.PART_PAID):
        return
    if asked.state == after or not may_follow(asked.state, after):
        return
    told = {
        WithdrawalState.PAID: "Every part of it is paid.",
        WithdrawalState.FAILED: "A part of it could not be paid.",
        WithdrawalState.RETURNED: "Money came back and is the player's again.",
    }
    withdrawal_step(asked, after, actor=actor, reason=told.get(after, "With the gateway."), now=now)


def _settled(payout: Payout, actor: str, now: datetime) -> UUID:
    """Book it out of its hold; where the hold is over or another try has it, out of what the player has."""
    asked = payout.withdrawal
    side = payout_side(payout_figures(payout), payout.gateway)
    if _hold_is_free(payout, actor, now):
        held = player_account_open(kind=AccountKind.PLAYER_HOLD, player_id=payout.player_id, currency=asked.currency)
        movements = (Movement(held.id, side.across, payout.held), *side.movements)
        try:
            hold = hold_settle(hold_id=payout.hold_id, target_id=side.across, movements=movements, actor=actor, now=now)
        except HoldEnded:
            pass
        else:
            assert hold.ended_by_id is not None
            return UUID(str(hold.ended_by_id))
    booked = player_take_back(
        kind=TransactionKind.WITHDRAWAL, player_id=payout.player_id, currency=asked.currency, target_id=side.across,
        amount=payout.held, also=side.movements, actor=actor, now=now, reference=payout.reference,
    )  # fmt: skip
    audit_record(
        name=EventName.PAYOUT_PAID_TWICE, actor=actor, now=now, subject=f"withdrawals.payout:{payout.pk}",
        reason="Paid after its money was given back or sent anew: taken from the player.", player_id=payout.player_id,
        after={"amount": payout.held, "currency": asked.currency, "transaction": booked},
    )  # fmt: skip
    return booked


def _hold_is_free(payout: Payout, actor: str, now: datetime) -> bool:
    """Whether the hold is this payment's to take: a later try that was not sent gives way, one that was does not."""
    others = Payout.objects.filter(hold_id=payout.hold_id).exclude(pk=payout.pk).filter(state__in=LIVE)
    for other in others:
        if other.state != PayoutState.PLANNED:
            return False
        payout_step(other, PayoutState.DROPPED, actor=actor, now=now, note="An earlier try was paid after all.")
    return True


def _counted(payout: Payout, transaction_id: UUID, now: datetime) -> None:
    """Net deposits fall, and the sums that ask for verification rise."""
    currency = payout.withdrawal.currency
    withdrawal_count(player_id=payout.player_id, amount=payout.held, reference=payout.reference, now=now)
    base = base_amount(payout.held, units_per_base(currency, now).units_per_base)
    flow_count(
        transaction_id=transaction_id, player_id=payout.player_id, kind="withdrawal", base=base, booked_at=now, now=now
    )
