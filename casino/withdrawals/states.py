"""What may follow what, and whose right it is: the state machines as data. The database keeps the same lists."""

from __future__ import annotations

from typing import Final

from casino.withdrawals.enums import PayoutState as P
from casino.withdrawals.enums import WithdrawalState as W

SYSTEM: Final = ""
PLAYER: Final = "player"
START: Final = "withdrawals.start_withdrawal"
FREEZE: Final = "withdrawals.freeze_withdrawal"
KYC_HOLD: Final = "withdrawals.kyc_hold_withdrawal"
APPROVE: Final = "withdrawals.approve_withdrawal"
PAY: Final = "withdrawals.pay_withdrawal"
CANCEL: Final = "withdrawals.cancel_withdrawal"
CANCEL_APPROVED: Final = "withdrawals.cancel_approved_withdrawal"
CANCEL_PAY_PENDING: Final = "withdrawals.cancel_pay_pending_withdrawal"

# (from, to): whose step it is; SYSTEM is what follows from checks and from the gateway's word.
TRANSITIONS: Final[dict[tuple[W, W], tuple[str, ...]]] = {
    (W.REQUESTED, W.CHECKED): (SYSTEM,),
    (W.CHECKED, W.REVIEW): (SYSTEM,),
    (W.CHECKED, W.KYC): (SYSTEM,),
    (W.CHECKED, W.FROZEN): (SYSTEM,),
    (W.CHECKED, W.APPROVED): (SYSTEM,),
    (W.REVIEW, W.IN_PROCESS): (START,),
    (W.REVIEW, W.KYC): (KYC_HOLD,),
    (W.REVIEW, W.FROZEN): (FREEZE,),
    (W.REVIEW, W.REJECTED): (CANCEL,),
    (W.REVIEW, W.CANCELLED): (PLAYER,),
    (W.KYC, W.REVIEW): (KYC_HOLD, SYSTEM),
    (W.KYC, W.FROZEN): (FREEZE,),
    (W.KYC, W.REJECTED): (CANCEL,),
    (W.KYC, W.CANCELLED): (PLAYER,),
    (W.KYC, W.EXPIRED): (SYSTEM,),
    (W.FROZEN, W.REVIEW): (FREEZE,),
    (W.FROZEN, W.REJECTED): (CANCEL,),
    (W.IN_PROCESS, W.REVIEW): (START,),
    (W.IN_PROCESS, W.KYC): (KYC_HOLD,),
    (W.IN_PROCESS, W.FROZEN): (FREEZE,),
    (W.IN_PROCESS, W.APPROVED): (APPROVE,),
    (W.IN_PROCESS, W.REJECTED): (CANCEL,),
    (W.APPROVED, W.SUBMITTED): (PAY, SYSTEM),
    (W.APPROVED, W.FROZEN): (FREEZE,),
    (W.APPROVED, W.REJECTED): (CANCEL_APPROVED,),
    (W.SUBMITTED, W.PAY_PENDING): (SYSTEM,),
    (W.SUBMITTED, W.PAID): (SYSTEM,),
    (W.SUBMITTED, W.FAILED): (SYSTEM,),
    (W.SUBMITTED, W.RETURNED): (SYSTEM,),
    (W.PAY_PENDING, W.PAID): (SYSTEM,),
    (W.PAY_PENDING, W.FAILED): (SYSTEM,),
    (W.PAY_PENDING, W.RETURNED): (SYSTEM,),
    (W.FAILED, W.SUBMITTED): (PAY, SYSTEM),
    (W.FAILED, W.REVIEW): (PAY,),
    (W.FAILED, W.REJECTED): (CANCEL_PAY_PENDING,),
    (W.FAILED, W.PART_PAID): (CANCEL_PAY_PENDING,),
    (W.FAILED, W.PAY_PENDING): (SYSTEM,),
    (W.FAILED, W.PAID): (SYSTEM,),
    (W.FAILED, W.RETURNED): (SYSTEM,),
    (W.PAID, W.RETURNED): (SYSTEM,),
    (W.PART_PAID, W.RETURNED): (SYSTEM,),
    # The gateway said that a payment failed, the money was given back, and then it was paid after all.
    (W.PART_PAID, W.PAID): (SYSTEM,),
    (W.REJECTED, W.PAID): (SYSTEM,),
    (W.REJECTED, W.PART_PAID): (SYSTEM,),
}

PAYOUT_TRANSITIONS: Final[frozenset[tuple[P, P]]] = frozenset(
    {
        (P.PLANNED, P.SENDING), (P.PLANNED, P.DROPPED),
        (P.SENDING, P.PENDING), (P.SENDING, P.CONFIRMED), (P.SENDING, P.FAILED), (P.SENDING, P.UNKNOWN),
        (P.SENDING, P.RETURNED),
        (P.UNKNOWN, P.SENDING), (P.UNKNOWN, P.PENDING), (P.UNKNOWN, P.CONFIRMED), (P.UNKNOWN, P.FAILED),
        (P.UNKNOWN, P.RETURNED),
        (P.PENDING, P.CONFIRMED), (P.PENDING, P.FAILED), (P.PENDING, P.RETURNED),
        (P.CONFIRMED, P.RETURNED), (P.FAILED, P.CONFIRMED),
    }
)  # fmt: skip

# The player's money is set aside, and nobody has sent it yet.
BEFORE_PAYMENT: Final = (
    W.REQUESTED, W.CHECKED, W.REVIEW, W.KYC, W.FROZEN, W.IN_PROCESS, W.APPROVED,
)  # fmt: skip
WITH_GATEWAY: Final = (W.SUBMITTED, W.PAY_PENDING, W.FAILED)
# Not over: what the queue shows, and what has a hold.
OPEN: Final = (*BEFORE_PAYMENT, *WITH_GATEWAY)
ENDED: Final = (W.PAID, W.PART_PAID, W.REJECTED, W.CANCELLED, W.EXPIRED, W.RETURNED)
# Waiting for a colleague.
FOR_PEOPLE: Final = (W.REVIEW, W.KYC, W.FROZEN, W.IN_PROCESS, W.APPROVED, W.FAILED)

# A payment whose end nobody knows; money may be on its way.
LIVE: Final = (P.PLANNED, P.SENDING, P.UNKNOWN, P.PENDING)
AT_GATEWAY: Final = (P.SENDING, P.UNKNOWN, P.PENDING)


def may_follow(before: str, after: str) -> bool:
    """Whether a withdrawal may go from one state to another at all."""
    return (before, after) in TRANSITIONS


def rights_of(before: str, after: str) -> tuple[str, ...]:
    """The permissions that carry the step; empty where nobody may take it."""
    return TRANSITIONS.get((W(before), W(after)), ())


def payout_may_follow(before: str, after: str) -> bool:
    """Whether a payment may go from one state to another."""
    return (before, after) in PAYOUT_TRANSITIONS


def state_of_payouts(states: list[str]) -> W:
    """Where a withdrawal stands once it was sent, by the newest try of each part. Pure.

    Anything alive: still being paid; anything that came back: returned; anything that failed: failed; else paid.
    """
    if any(state in LIVE for state in states):
        return W.PAY_PENDING
    if P.FAILED in states or P.DROPPED in states:
        return W.FAILED
    if P.RETURNED in states:
        return W.RETURNED
    return W.PAID
