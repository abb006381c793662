"""Proposing: what is to be done is computed, shown, frozen and hashed, and then waits for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from compliance.approvals.errors import PreviewStale, ReasonCodeUnknown, ReasonMissing
from compliance.approvals.fingerprint import payload_text, sha256_text, state_fingerprint
from compliance.approvals.locks import busy_when_locked
from compliance.approvals.models import Approval
from compliance.approvals.registry import ApprovalKind, approval_kind_get
from compliance.approvals.selectors.people import Colleague, colleague_get
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.selectors.standing import approvals_needed, state_standing
from compliance.approvals.services.trail import approval_tell
from compliance.approvals.types import ApprovalScope, Consequence, Fact, Payload, State
from compliance.audit.names import EventName


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A proposal before it is made: what it says, what it would change, and how many others must agree."""

    kind: ApprovalKind
    payload: Payload
    scope: ApprovalScope
    maker: Colleague
    facts: list[Fact]
    consequences: list[Consequence]
    state: State
    approvals_needed: int
    life: timedelta

    @property
    def seen(self) -> str:
        """A mark of exactly this preview: proposing with it makes sure that nothing changed since."""
        return sha256_text(f"{payload_text(self.payload)}\n{state_fingerprint(self.state)}\n{self.approvals_needed}")


def proposal_preview(*, kind: str, payload: Payload, actor: str, now: datetime) -> Preview:
    """What proposing this would show and need. Nothing is written.

    Raises KindUnknown, NotAllowed, PersonUnknown, ReasonCodeUnknown, and what the kind itself refuses.
    """
    known = approval_kind_get(kind)
    if known.reasons and payload.get("reason_code") not in known.reasons:
        raise ReasonCodeUnknown
    scope = known.scope(payload)
    maker = colleague_get(actor=actor, permission=known.propose_permission, scope=scope, now=now)
    known.may_propose(payload, maker.staff_id, now)
    return Preview(
        kind=known,
        payload=payload,
        scope=scope,
        maker=maker,
        facts=known.facts(payload),
        consequences=[*known.consequences(payload, now), *known.limits(payload, maker.staff_id, now)],
        state=state_standing(known, payload, now),
        approvals_needed=approvals_needed(known, payload, now),
        life=rule_in_force(kind, now).life,
    )


@busy_when_locked()
@transaction.atomic
def approval_propose(
    *, kind: str, payload: Payload, reason: str, ticket: str = "", actor: str, now: datetime, seen: str = ""
) -> Approval:
    """Put an action before a second pair of eyes (SEC-20). Its payload is frozen, its consequences are kept.

    `seen` is the mark of the preview that the maker was shown; PreviewStale when it is another by now. Raises what
    `proposal_preview` raises, ReasonMissing and ApprovalBusy.
    """
    if not reason.strip():
        raise ReasonMissing
    approval_kind_get(kind).lock(payload)
    preview = proposal_preview(kind=kind, payload=payload, actor=actor, now=now)
    if seen and seen != preview.seen:
        raise PreviewStale
    text = payload_text(payload)
    approval = Approval.objects.create(
        kind=kind,
        payload=text,
        payload_sha256=sha256_text(text),
        consequences=[
            {"name": line.name, "before": line.before, "after": line.after, "alarm": line.alarm}
            for line in preview.consequences
        ],
        state_facts=dict(preview.state),
        fingerprint=state_fingerprint(preview.state),
        maker_id=preview.maker.staff_id,
        maker_person=preview.maker.person,
        maker_roles=preview.maker.roles,
        reason_code=str(payload.get("reason_code") or ""),
        reason=reason.strip(),
        ticket=ticket.strip(),
        subject=preview.scope.subject,
        brand_id=preview.scope.brand_id,
        jurisdiction=preview.scope.jurisdiction,
        player_id=preview.scope.player_id,
        approvals_needed=preview.approvals_needed,
        created_at=now,
        expires_at=now + preview.life,
    )
    more = {"payload": dict(payload), "approvals_needed": approval.approvals_needed, "ticket": approval.ticket}
    approval_tell(approval, EventName.APPROVAL_PROPOSED, actor=actor, now=now, reason=approval.reason, more=more)
    return approval
