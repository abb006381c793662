"""The second pair of eyes on a schedule of personal data: approved, its exports are made without asking again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.staff.models import StaffUser
from reporting.catalogue.registry import report_get
from reporting.exports.approval_kind import APPROVE
from reporting.exports.enums import Cadence, Delivery, ExportFormat, Purpose
from reporting.exports.services.schedules import schedule_make
from wallet.sealing.canonical import Json

SCHEDULE_KIND: Final = "export_schedule"


def schedule_kind_register() -> None:
    """Called once from the app's ready()."""
    kind = ApprovalKind(
        code=SCHEDULE_KIND, title="Schedule of exports", propose_permission="exports.manage_exportschedule",
        approve_permission=APPROVE, facts=_facts, consequences=_consequences, state=_state, execute=_execute,
        scope=_scope,
    )  # fmt: skip
    approval_kind_register(kind)


def schedule_payload(
    *, title: str, report: str, question: Mapping[str, str], file_format: str, bom: bool, purpose: str,
    purpose_text: str, cadence: str, hour: int, delivery: str, owner_id: int, first_day: date,
) -> dict[str, Json]:  # fmt: skip
    """The proposal of a schedule."""
    return {
        "title": title, "report": report, "question": dict(question), "file_format": file_format, "bom": bom,
        "purpose": purpose, "purpose_text": purpose_text, "cadence": cadence, "hour": hour, "delivery": delivery,
        "owner": owner_id, "first_day": f"{first_day}",
    }  # fmt: skip


def _facts(payload: Payload) -> list[Fact]:
    report = report_get(str(payload["report"]))
    owner = StaffUser.objects.get(pk=int(str(payload["owner"])))
    question = payload["question"]
    assert isinstance(question, dict)
    personal = [column.title for column in report.columns if column.personal]
    return [
        ("Report", f"{report.title}, version {report.version}"),
        ("Asked for", ", ".join(f"{name}: {value}" for name, value in sorted(question.items())) or "all of it"),
        ("How often", Cadence(str(payload["cadence"])).label),
        ("Delivery", f"{Delivery(str(payload['delivery'])).label}: {owner.get_full_name() or owner.username}"),
        ("Format", ExportFormat(str(payload["file_format"])).label),
        ("Personal data", ", ".join(personal) or "none"),
        ("Purpose", f"{Purpose(str(payload['purpose'])).label}: {payload['purpose_text']}"),
    ]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    often = Cadence(str(payload["cadence"])).label
    return [Consequence("Leaves the house", "nothing", f"{often.lower()}, until it is ended", alarm=True)]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    owner = StaffUser.objects.get(pk=int(str(payload["owner"])))
    return {
        "Owner": "at work" if owner.is_active else "switched off",
        "Report's version": str(report_get(str(payload["report"])).version),
    }


def _scope(payload: Payload) -> ApprovalScope:
    question = payload["question"]
    assert isinstance(question, dict)
    brand = question.get("brand")
    return ApprovalScope(
        subject=f"catalogue.report:{payload['report']}", brand_id=int(str(brand)) if brand else None,
        jurisdiction=str(question.get("jurisdiction", "")),
    )  # fmt: skip


def _execute(payload: Payload, run: Execution) -> str:
    question = payload["question"]
    assert isinstance(question, dict)
    made = schedule_make(
        title=str(payload["title"]), report=str(payload["report"]),
        question={name: str(value) for name, value in question.items()}, file_format=str(payload["file_format"]),
        bom=bool(payload["bom"]), purpose=str(payload["purpose"]), purpose_text=str(payload["purpose_text"]),
        cadence=str(payload["cadence"]), hour=int(str(payload["hour"])), delivery=str(payload["delivery"]),
        owner_id=int(str(payload["owner"])), first_day=date.fromisoformat(str(payload["first_day"])),
        actor=run.maker, now=run.now, approval=run.reference, approved_by=run.approver,
    )  # fmt: skip
    return f"exports.exportschedule:{made.pk}"
