"""The second pair of eyes on an export: what it is, how many rows, whose data; approved, it goes into the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.errors import ProposalNotUnderstood
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.audit.names import EventName
from reporting.catalogue.registry import report_get
from reporting.exports.enums import ExportFormat, ExportState, Purpose
from reporting.exports.locks import export_lock
from reporting.exports.models import Export
from reporting.exports.services.requests import APPROVAL_KIND
from reporting.exports.services.steps import export_move
from reporting.exports.services.trail import export_tell

PROPOSE: Final = "exports.request_export"
APPROVE: Final = "exports.approve_export"


def export_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=APPROVAL_KIND,
            title="Export of a report",
            propose_permission=PROPOSE,
            approve_permission=APPROVE,
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
            lock=_lock,
        )
    )


def _export(payload: Payload) -> Export:
    found = Export.objects.select_related("brand").filter(pk=int(str(payload["export"]))).first()
    if found is None:
        raise ProposalNotUnderstood("There is no such export.")
    return found


def _facts(payload: Payload) -> list[Fact]:
    export = _export(payload)
    report = report_get(export.report)
    personal = [column.title for column in report.columns if column.personal]
    return [
        ("Report", f"{report.title}, version {export.report_version}"),
        ("Asked for", ", ".join(f"{name}: {value}" for name, value in sorted(export.question.items())) or "all of it"),
        ("Brand", export.brand.name if export.brand else "every brand in reach"),
        ("Format", ExportFormat(export.format).label),
        ("Personal data", ", ".join(personal) or "none"),
        ("Purpose", f"{Purpose(export.purpose).label}: {export.purpose_text}"),
    ]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    export = _export(payload)
    rows = f"about {export.estimated_rows:,} rows"
    return [Consequence("Leaves the house", "nothing", f"{rows}, as a file", alarm=export.personal)]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    export = _export(payload)
    return {"State": ExportState(export.state).label, "Report's version": str(report_get(export.report).version)}


def _scope(payload: Payload) -> ApprovalScope:
    export = _export(payload)
    return ApprovalScope(
        subject=f"exports.export:{export.pk}", brand_id=export.brand_id, jurisdiction=export.jurisdiction
    )


def _lock(payload: Payload) -> None:
    export_lock(int(str(payload["export"])))


def _execute(payload: Payload, run: Execution) -> str:
    export = export_lock(int(str(payload["export"])))
    before = export_move(export, ExportState.QUEUED, now=run.now, approval=run.reference, approved_by=run.approver)
    export_tell(export, EventName.EXPORT_APPROVED, actor=run.approver, now=run.now, reason=run.reason, before=before)
    return f"exports.export:{export.pk}"
