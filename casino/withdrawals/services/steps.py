"""A withdrawal's steps: the one place where its state moves, by the table of states, told with who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.errors import ReasonMissing, StepNotAllowed, StepRefused
from casino.withdrawals.models import Payout, Rule, Withdrawal, WithdrawalStep
from casino.withdrawals.states import ENDED, may_follow, payout_may_follow, rights_of
from casino.withdrawals.types import Check, Risk
from compliance.approvals.errors import NotAllowed
from compliance.approvals.selectors.people import colleague_get
from compliance.approvals.types import ApprovalScope
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

FIELDS: Final = ["state", "state_since", "reason", "taken_by", "ended_at", "approved_at", "auto_approved"]


def withdrawal_step(
    asked: Withdrawal,
    after: WithdrawalState,
    *,
    actor: str,
    reason: str,
    now: datetime,
    checks: Sequence[Check] | None = None,
    risk: Risk | None = None,
    rule: Rule | None = None,
) -> Withdrawal:
    """Move a locked withdrawal and tell why, with the rules as they stood when they were asked. Raises StepRefused."""
    before = asked.state
    if not may_follow(before, after):
        raise StepRefused(state=before, wanted=after.value)
    fields = list(FIELDS)
    asked.state, asked.state_since, asked.reason = after, now, reason[:500]
    asked.ended_at = now if after in ENDED else None
    asked.taken_by = actor if after is WithdrawalState.IN_PROCESS else asked.taken_by
    if after is WithdrawalState.APPROVED:
        asked.approved_at = now
    if checks is not None:
        asked.checks = [check.kept() for check in checks]
        fields.append("checks")
    if risk is not None:
        asked.risk, asked.risk_score = risk.kept(), risk.score
        fields += ["risk", "risk_score"]
    asked.save(update_fields=fields)
    step_write(asked, before, actor=actor, reason=reason, now=now, checks=checks, risk=risk, rule=rule)
    audit_record(
        name=EventName.WITHDRAWAL_MOVED, actor=actor, now=now, subject=f"withdrawals.withdrawal:{asked.pk}",
        reason=reason[:500], brand_id=asked.player.brand_id, player_id=asked.player_id, before={"state": before},
        after={"state": after.value, "amount": asked.amount, "currency": asked.currency},
    )  # fmt: skip
    return asked


def step_write(
    asked: Withdrawal, before: str, *, actor: str, reason: str, now: datetime, checks: Sequence[Check] | None = None,
    risk: Risk | None = None, rule: Rule | None = None,
) -> WithdrawalStep:  # fmt: skip
    """The row that tells a step; the database refuses a move without one."""
    return WithdrawalStep.objects.create(
        withdrawal=asked, before=before, after=asked.state, at=now, actor=actor, reason=reason[:500],
        checks=[check.kept() for check in checks or ()], risk=risk.kept() if risk else {}, rule=rule,
    )  # fmt: skip


def scope_of(asked: Withdrawal) -> ApprovalScope:
    """Whom the withdrawal concerns: staff whose roles reach this brand and jurisdiction."""
    return ApprovalScope(
        subject=f"withdrawals.withdrawal:{asked.pk}", brand_id=asked.player.brand_id,
        jurisdiction=asked.player.jurisdiction, player_id=asked.player_id,
    )  # fmt: skip


def staff_allowed(asked: Withdrawal, after: WithdrawalState, *, actor: str, reason: str, now: datetime) -> None:
    """Whether a colleague may take this step. Raises StepRefused, StepNotAllowed, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    if not may_follow(asked.state, after):
        raise StepRefused(state=asked.state, wanted=after.value)
    for right in rights_of(asked.state, after):
        if "." not in right:
            continue
        try:
            colleague_get(actor=actor, permission=right, scope=scope_of(asked), now=now)
        except NotAllowed:
            continue
        return
    raise StepNotAllowed(state=asked.state, wanted=after.value)


def payout_step(
    payout: Payout, after: PayoutState, *, actor: str, now: datetime, note: str = "", fields: Sequence[str] = ()
) -> Payout:
    """Move a payment under its withdrawal's lock, with the named fields. Raises StepRefused."""
    before = payout.state
    if not payout_may_follow(before, after):
        raise StepRefused(state=before, wanted=after.value)
    payout.state = after
    payout.ended_at = now if after in ENDED_PAYMENTS else None
    payout.save(update_fields=["state", "ended_at", *fields])
    audit_record(
        name=EventName.PAYOUT_MOVED, actor=actor, now=now, subject=f"withdrawals.payout:{payout.pk}", reason=note[:500],
        player_id=payout.player_id, before={"state": before},
        after={
            "state": after.value, "amount": payout.amount, "currency": payout.currency, "gateway": payout.gateway,
            "settled_by": payout.settled_by, "returned_by": payout.returned_by,
        },
    )  # fmt: skip
    return payout


ENDED_PAYMENTS: Final = (PayoutState.CONFIRMED, PayoutState.FAILED, PayoutState.DROPPED, PayoutState.RETURNED)
