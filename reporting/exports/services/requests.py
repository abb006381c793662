"""Asking for an export: what, what for, whose data; straight into the queue, or before a second pair of eyes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from common.scope import Scope
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.catalogue.asking import question_as_data
from reporting.catalogue.reading import count
from reporting.catalogue.types import Question, Report
from reporting.exports.enums import ExportFormat, ExportState, Purpose
from reporting.exports.errors import (
    BooksNotProved,
    ExportNeedsBrand,
    ExportNeedsPerson,
    ExportNeedsPurpose,
    ExportNotAllowed,
    ExportRefusal,
    ExportTooLarge,
)
from reporting.exports.models import Export, ExportSchedule
from reporting.exports.reach import common_part, scope_as_json, scope_of
from reporting.exports.selectors.certification import books_proved
from reporting.exports.services.steps import export_move
from reporting.exports.services.trail import export_tell
from reporting.exports.writing.pdf_file import MOST_ROWS as PDF_ROWS

APPROVAL_KIND: Final = "export"
STAFF: Final = "staff:"
TEXT_MOST: Final = 300


def export_request(
    *, report: Report, question: Question, format: str, purpose: str, purpose_text: str, actor: str,  # noqa: A002
    now: datetime, bom: bool = False, certified: bool = False, schedule: ExportSchedule | None = None, period: str = "",
) -> Export:  # fmt: skip
    """Ask for a report as files (backoffice.md §4.14). Waits for approval when it holds personal data or is large.

    `actor` is "staff:7", within whose present reach it stays, or a program such as "client:bi", whose reach is the
    question's. Raises ExportRefusal, which is told in the trail, and what proposing an approval raises.
    """
    try:
        with transaction.atomic():
            return _requested(
                report, question, ExportFormat(format), purpose, purpose_text.strip(), actor, now, bom=bom,
                certified=certified, schedule=schedule, period=period,
            )  # fmt: skip
    except ExportRefusal as refusal:
        audit_record(
            name=EventName.EXPORT_REFUSED, actor=actor, now=now, subject=f"catalogue.report:{report.code}",
            after={"why": refusal.code, "format": format}, reason=purpose_text, outcome="refused",
        )  # fmt: skip
        raise


def _requested(
    report: Report, question: Question, written_as: ExportFormat, purpose: str, purpose_text: str, actor: str,
    now: datetime, *, bom: bool, certified: bool, schedule: ExportSchedule | None, period: str,
) -> Export:  # fmt: skip
    if purpose not in Purpose.values or not purpose_text or len(purpose_text) > TEXT_MOST:
        raise ExportNeedsPurpose
    staff_id = int(actor.removeprefix(STAFF)) if actor.startswith(STAFF) else None
    scope = question.scope if staff_id is None else common_part(question.scope, scope_of(staff_id, report))
    if not scope.parts:
        raise ExportNotAllowed(report=report.code)
    if certified and books_proved(now) is None:
        raise BooksNotProved
    rows = count(report, question, at_most=settings.EXPORT_APPROVAL_ROWS + 1)
    if written_as is ExportFormat.PDF and rows > PDF_ROWS:
        raise ExportTooLarge(most=f"{PDF_ROWS}")
    needs_approval = report.personal or rows > settings.EXPORT_APPROVAL_ROWS
    brand_id = _brand(question, scope)
    export = Export.objects.create(
        report=report.code, report_version=report.version, question=question_as_data(question),
        reach=scope_as_json(scope), format=written_as, bom=bom, certified=certified, purpose=purpose,
        purpose_text=purpose_text, requested_by=actor, requester_id=staff_id, brand_id=brand_id,
        jurisdiction=question.jurisdiction, personal=report.personal, needs_approval=needs_approval,
        schedule=schedule, period=period, requested_at=now, estimated_rows=rows,
    )  # fmt: skip
    more = {"question": export.question, "purpose": purpose, "rows": rows, "needs_approval": needs_approval}
    export_tell(export, EventName.EXPORT_REQUESTED, actor=actor, now=now, reason=purpose_text, more=more)
    if not needs_approval:
        export_move(export, ExportState.QUEUED, now=now)
    elif schedule is not None and schedule.approved_by:
        # Two people agreed on the schedule, with its columns: its exports are what they agreed on.
        export_move(export, ExportState.QUEUED, now=now, approval=schedule.approval, approved_by=schedule.approved_by)
    else:
        _propose(export, scope, actor, now)
    return export


def _propose(export: Export, scope: Scope, actor: str, now: datetime) -> None:
    if export.requester_id is None:
        raise ExportNeedsPerson
    if export.brand_id is None and not scope.everything and not export.jurisdiction:
        raise ExportNeedsBrand
    export_move(export, ExportState.WAITING, now=now)
    approval = approval_propose(
        kind=APPROVAL_KIND, payload={"export": export.pk}, actor=actor, now=now,
        reason=f"{Purpose(export.purpose).label}: {export.purpose_text}",
    )  # fmt: skip
    export.approval = f"approval:{approval.pk}"
    export.save(update_fields=["approval"])


def _brand(question: Question, scope: Scope) -> int | None:
    """Whose data it is: the brand that was chosen, or the only one in reach."""
    if question.brand_id is not None:
        return question.brand_id
    brands = scope.brands
    return next(iter(brands)) if brands is not None and len(brands) == 1 else None
