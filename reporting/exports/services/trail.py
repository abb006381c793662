"""Every step of an export in the audit trail (AUD-10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.exports.models import Export


def export_tell(
    export: Export, name: EventName, *, actor: str, now: datetime, reason: str = "",
    more: Mapping[str, object] | None = None, before: str = "", outcome: str = "done",
) -> None:  # fmt: skip
    """Record a step with what the export is about; `before` is the state it left."""
    audit_record(
        name=name, actor=actor, now=now, subject=f"exports.export:{export.pk}", reason=reason,
        brand_id=export.brand_id, before={"state": before} if before else None,
        after={
            "report": export.report, "format": export.format, "state": export.state, "personal": export.personal,
            **(more or {}),
        },
        outcome=outcome, approval=export.approval,
    )  # fmt: skip
