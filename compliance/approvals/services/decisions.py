"""Deciding: approve, reject, withdraw, expire. The last approval carries the action out in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from common.errors import BrokenPromise
from compliance.approvals.enums import OPEN_STATES, ApprovalState, Verdict
from compliance.approvals.errors import (
    AboveRoleMaximum,
    ApprovalEnded,
    ApprovalExpired,
    ApproverGone,
    ConcernsYourself,
    DecidedBefore,
    MakerDecides,
    MakerGone,
    MakerMayNot,
    NotAllowed,
    OnlyTheMaker,
    ReasonMissing,
)
from compliance.approvals.fingerprint import payload_read, payload_text, sha256_text, state_changes
from compliance.approvals.locks import approval_lock, busy_when_locked
from compliance.approvals.models import Approval, ApprovalDecision
from compliance.approvals.registry import ApprovalKind, approval_kind_get
from compliance.approvals.selectors.people import Colleague, colleague_get, subjects_of_person
from compliance.approvals.selectors.standing import state_standing
from compliance.approvals.services.trail import approval_reference, approval_tell
from compliance.approvals.types import ApprovalScope, Execution, Payload
from compliance.audit.names import EventName

REASON_MOST: Final = 2000


@busy_when_locked()
@transaction.atomic
def approval_approve(*, approval_id: int, reason: str, actor: str, now: datetime) -> Approval:
    """Agree to a proposal; with the last agreement needed it is carried out, in this transaction (SEC-20).

    Returns the approval as it stands then: executed, approved once, or refused because the state it was computed on
    changed, which is an end and must be kept. Raises NotAllowed, PersonUnknown, MakerDecides, DecidedBefore,
    ConcernsYourself, MakerGone, MakerMayNot, ApproverGone, ApprovalEnded, ApprovalExpired, ReasonMissing, ApprovalBusy,
    and what the action itself refuses: then nothing happened and the proposal still waits.
    """
    approval, kind = _open(approval_id, reason, now)
    who = _other_person(approval, kind, actor, now)
    payload = _frozen(approval)
    kind.lock(payload)
    changes = state_changes(approval.state_facts, state_standing(kind, payload, now))
    if changes:
        _decide(approval, who, Verdict.REFUSE, "; ".join(changes), now)
        _move(approval, ApprovalState.REFUSED_STATE_CHANGED, now)
        approval_tell(
            approval, EventName.APPROVAL_REFUSED, actor=actor, now=now, reason=reason, more={"changed": changes},
            outcome="refused",
        )  # fmt: skip
        return approval
    _others_stand(approval, kind, payload, now)
    before = approval.state
    _decide(approval, who, Verdict.APPROVE, reason, now)
    approvers = _approvers(approval)
    if len(approvers) < approval.approvals_needed:
        _move(approval, ApprovalState.APPROVED_ONCE, now)
        approval_tell(approval, EventName.APPROVAL_APPROVED, actor=actor, now=now, reason=reason, before=before)
        return approval
    approval_tell(approval, EventName.APPROVAL_APPROVED, actor=actor, now=now, reason=reason, before=before)
    _execute(approval, kind, payload, approvers, now)
    return approval


@busy_when_locked()
@transaction.atomic
def approval_reject(*, approval_id: int, reason: str, actor: str, now: datetime) -> Approval:
    """Refuse a proposal for good. Raises as `approval_approve` does."""
    approval, kind = _open(approval_id, reason, now)
    who = _other_person(approval, kind, actor, now)
    return _end(approval, who, Verdict.REJECT, ApprovalState.REJECTED, EventName.APPROVAL_REJECTED, reason, now)


@busy_when_locked()
@transaction.atomic
def approval_withdraw(*, approval_id: int, reason: str, actor: str, now: datetime) -> Approval:
    """Take one's own proposal back. Raises OnlyTheMaker, ApprovalEnded, ApprovalExpired and ReasonMissing."""
    approval, kind = _open(approval_id, reason, now)
    who = colleague_get(actor=actor, permission=kind.propose_permission, scope=_scope(approval), now=now)
    if who.person != approval.maker_person:
        raise OnlyTheMaker
    return _end(approval, who, Verdict.WITHDRAW, ApprovalState.WITHDRAWN, EventName.APPROVAL_WITHDRAWN, reason, now)


@transaction.atomic
def approval_expire(*, approval_id: int, actor: str, now: datetime) -> bool:
    """End a proposal whose time is over; False when it ended before or still stands."""
    approval = approval_lock(approval_id)
    if approval.state not in OPEN_STATES or approval.expires_at > now:
        return False
    reason = "Nobody decided in time."
    ApprovalDecision.objects.create(approval=approval, verdict=Verdict.EXPIRE, reason=reason, at=now)
    before = approval.state
    _move(approval, ApprovalState.EXPIRED, now)
    approval_tell(approval, EventName.APPROVAL_EXPIRED, actor=actor, now=now, reason=reason, before=before)
    return True


def _open(approval_id: int, reason: str, now: datetime) -> tuple[Approval, ApprovalKind]:
    """The approval, locked and open to decisions, with its kind."""
    if not reason.strip():
        raise ReasonMissing
    approval = approval_lock(approval_id)
    if approval.state not in OPEN_STATES:
        raise ApprovalEnded(state=approval.state)
    if approval.expires_at <= now:
        raise ApprovalExpired
    return approval, approval_kind_get(approval.kind)


def _other_person(approval: Approval, kind: ApprovalKind, actor: str, now: datetime) -> Colleague:
    """Whoever decides: with the right, and neither the maker nor somebody who decided, by any account or role."""
    who = colleague_get(actor=actor, permission=kind.approve_permission, scope=_scope(approval), now=now)
    if who.person == approval.maker_person or who.staff_id == approval.maker_id:
        raise MakerDecides
    if approval.decisions.filter(person=who.person).exists():
        raise DecidedBefore
    if approval.subject in subjects_of_person(who.person):
        raise ConcernsYourself
    return who


def _others_stand(approval: Approval, kind: ApprovalKind, payload: Payload, now: datetime) -> None:
    """The maker may still propose exactly this, and whoever approved it first is still one of the house."""
    if not approval.maker.is_active:
        raise MakerGone
    if approval.decisions.filter(verdict=Verdict.APPROVE, staff__is_active=False).exists():
        raise ApproverGone
    maker, scope = f"staff:{approval.maker_id}", _scope(approval)
    try:
        colleague_get(actor=maker, permission=kind.propose_permission, scope=scope, now=now)
        kind.may_propose(payload, approval.maker_id, now)
    except (NotAllowed, AboveRoleMaximum) as refusal:
        raise MakerMayNot from refusal


def _scope(approval: Approval) -> ApprovalScope:
    return ApprovalScope(
        subject=approval.subject,
        brand_id=approval.brand_id,
        jurisdiction=approval.jurisdiction,
        player_id=approval.player_id,
    )


def _frozen(approval: Approval) -> Payload:
    """The payload as it was proposed; the database keeps it, and here it is proved once more before it acts."""
    payload = payload_read(approval.payload)
    if sha256_text(approval.payload) != approval.payload_sha256 or payload_text(payload) != approval.payload:
        raise BrokenPromise(f"the payload of approval {approval.pk} is not what was hashed")
    return payload


def _approvers(approval: Approval) -> tuple[str, ...]:
    rows = approval.decisions.filter(verdict=Verdict.APPROVE).order_by("pk").values_list("staff_id", flat=True)
    return tuple(f"staff:{staff_id}" for staff_id in rows)


def _execute(
    approval: Approval, kind: ApprovalKind, payload: Payload, approvers: tuple[str, ...], now: datetime
) -> None:
    before = approval.state
    maker = f"staff:{approval.maker_id}"
    result = kind.execute(
        payload,
        Execution(
            reference=approval_reference(approval), maker=maker, approvers=approvers, reason=approval.reason, now=now
        ),
    )
    _move(approval, ApprovalState.EXECUTED, now, result=result)
    more = {"payload": dict(payload), "result": result, "maker": maker, "approvers": list(approvers)}
    approval_tell(
        approval, EventName.APPROVAL_EXECUTED, actor=approvers[-1], now=now, reason=approval.reason, before=before,
        more=more,
    )  # fmt: skip


def _end(
    approval: Approval,
    who: Colleague,
    verdict: Verdict,
    state: ApprovalState,
    name: EventName,
    reason: str,
    now: datetime,
) -> Approval:
    before = approval.state
    _decide(approval, who, verdict, reason, now)
    _move(approval, state, now)
    approval_tell(approval, name, actor=f"staff:{who.staff_id}", now=now, reason=reason, before=before)
    return approval


def _decide(approval: Approval, who: Colleague, verdict: Verdict, reason: str, now: datetime) -> None:
    ApprovalDecision.objects.create(
        approval=approval,
        staff_id=who.staff_id,
        person=who.person,
        roles=who.roles,
        verdict=verdict,
        reason=reason.strip()[:REASON_MOST],
        at=now,
    )


def _move(approval: Approval, state: ApprovalState, now: datetime, *, result: str = "") -> None:
    approval.state, approval.result = state, result
    approval.ended_at = None if state in OPEN_STATES else now
    approval.save(update_fields=["state", "ended_at", "result"])
