"""Every step of an approval in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from compliance.approvals.models import Approval
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


def approval_tell(
    approval: Approval,
    name: EventName,
    *,
    actor: str,
    now: datetime,
    reason: str,
    before: str | None = None,
    more: Mapping[str, object] | None = None,
    outcome: str = "done",
) -> None:
    """Record a step. `before` is the state it left; `more` is added to the fields that tell how it stands now."""
    audit_record(
        name=name,
        actor=actor,
        now=now,
        subject=f"approvals.approval:{approval.pk}",
        reason=reason,
        brand_id=approval.brand_id,
        player_id=approval.player_id,
        before={"state": before} if before else None,
        after={
            "kind": approval.kind,
            "state": approval.state,
            "subject": approval.subject,
            "payload_sha256": approval.payload_sha256,
            **(more or {}),
        },
        outcome=outcome,
        approval=approval_reference(approval),
    )


def approval_reference(approval: Approval) -> str:
    """How other records name an approval: "approval:12"."""
    return f"approval:{approval.pk}"
