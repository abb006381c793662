"""Schedules: made for one person or, with personal data, by two; each period's export is made exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from common.errors import Refusal
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.catalogue.asking import question_from
from reporting.catalogue.registry import report_get
from reporting.exports.enums import Cadence, Delivery, ExportFormat, Purpose
from reporting.exports.errors import ExportNeedsPurpose, ExportNotAllowed, ScheduleRefused
from reporting.exports.models import Export, ExportSchedule
from reporting.exports.periods import DAY, Period, period_of, periods_over
from reporting.exports.reach import scope_of
from reporting.exports.services.requests import export_request

MOST_BEHIND: Final = 31  # periods of a schedule that one run catches up; the next goes on
DAYS: Final = ("interval", "first", "last", "as_of")  # what each run gives the question itself
_OVER: Final = """
    SELECT max(s.ends) FROM players_brand b CROSS JOIN LATERAL facts_day_span(b.id, %s) s
    WHERE %s::bigint IS NULL OR b.id = %s
"""


@transaction.atomic
def schedule_make(
    *, title: str, report: str, question: Mapping[str, str], file_format: str, bom: bool, purpose: str,
    purpose_text: str, cadence: str, hour: int, delivery: str, owner_id: int, first_day: date, actor: str,
    now: datetime, approval: str = "", approved_by: str = "",
) -> ExportSchedule:  # fmt: skip
    """Make a schedule for its owner; one with personal data needs an approval, whose execution calls this.

    Raises ScheduleRefused, ExportNotAllowed, ExportNeedsPurpose, and what the question refuses.
    """
    known = report_get(report)
    if known.personal and not approved_by:
        raise ScheduleRefused(problem="personal data needs the approval of a second person")
    if purpose not in Purpose.values or not purpose_text.strip():
        raise ExportNeedsPurpose
    if delivery == Delivery.FOLDER and not settings.EXPORT_FOLDER:
        raise ScheduleRefused(problem="there is no export folder: EXPORT_FOLDER is not set")
    if not 0 <= hour <= 23:
        raise ScheduleRefused(problem="the hour is one of 0 to 23, in UTC")
    scope = scope_of(owner_id, known)
    if not scope.parts:
        raise ExportNotAllowed(report=report)
    kept = {name: value for name, value in question.items() if name not in DAYS}
    period = period_of(Cadence(cadence), first_day)
    asked = question_from(known, _asked(kept, period), scope=scope, now=now)
    schedule = ExportSchedule.objects.create(
        title=title.strip() or known.title, report=report, question=kept, format=ExportFormat(file_format), bom=bom,
        purpose=purpose, purpose_text=purpose_text.strip(), cadence=Cadence(cadence), hour=hour,
        delivery=Delivery(delivery), owner_id=owner_id, brand_id=asked.brand_id, jurisdiction=asked.jurisdiction,
        personal=known.personal, approval=approval, approved_by=approved_by, first_day=first_day, made_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.EXPORT_SCHEDULE_MADE, actor=actor, now=now, subject=f"exports.exportschedule:{schedule.pk}",
        after={"report": report, "question": kept, "cadence": cadence, "delivery": delivery, "owner": owner_id},
        reason=purpose_text, brand_id=asked.brand_id, approval=approval,
    )  # fmt: skip
    return schedule


@transaction.atomic
def schedule_end(*, schedule_id: int, actor: str, reason: str, now: datetime) -> ExportSchedule:
    """End a schedule; its exports stay. Raises ScheduleRefused when it has ended before."""
    schedule = ExportSchedule.objects.select_for_update(of=("self",)).get(pk=schedule_id)
    if schedule.ended_at is not None:
        raise ScheduleRefused(problem="it has ended before")
    schedule.ended_at, schedule.ended_by, schedule.end_reason = now, actor, reason[:300]
    schedule.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit_record(
        name=EventName.EXPORT_SCHEDULE_ENDED, actor=actor, now=now, subject=f"exports.exportschedule:{schedule.pk}",
        reason=reason, brand_id=schedule.brand_id,
    )  # fmt: skip
    return schedule


def schedule_due(schedule: ExportSchedule, now: datetime) -> list[Period]:
    """Periods that are over in every brand concerned and have no export yet, the oldest first."""
    have = set(schedule.exports.values_list("period", flat=True))
    behind = (
        period
        for period in periods_over(Cadence(schedule.cadence), since=schedule.first_day, until=now.date())
        if period.name not in have and _over(schedule, period, now)
    )
    return list(islice(behind, MOST_BEHIND))


def _over(schedule: ExportSchedule, period: Period, now: datetime) -> bool:
    """Whether the last day has ended where the brands are, and the hour of the day after has come."""
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [period.last, schedule.brand_id, schedule.brand_id])
        (ends,) = cursor.fetchone() or (None,)
    if ends is not None and ends > now:
        return False
    return now >= datetime.combine(period_of(Cadence.DAILY, period.last).last, time(schedule.hour), UTC) + DAY


def schedules_run(*, now: datetime) -> int:
    """Request what is due of every schedule; returns how many exports were made. May run twice at once without harm."""
    made = 0
    for key in ExportSchedule.objects.filter(ended_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        for period in schedule_due(ExportSchedule.objects.get(pk=key), now):
            if not _made(key, period, now):
                break
            made += 1
    return made


def _made(schedule_id: int, period: Period, now: datetime) -> bool:
    """One period's export; False when somebody else makes it, or it is refused, which the schedule's page tells."""
    with transaction.atomic():
        locked = ExportSchedule.objects.select_for_update(of=("self",), skip_locked=True)
        schedule = locked.filter(pk=schedule_id, ended_at__isnull=True).first()
        if schedule is None or Export.objects.filter(schedule=schedule, period=period.name).exists():
            return False
        report = report_get(schedule.report)
        try:
            with transaction.atomic():
                question = question_from(
                    report, _asked(schedule.question, period), scope=scope_of(schedule.owner_id, report), now=now
                )
                export_request(
                    report=report, question=question, format=schedule.format, purpose=schedule.purpose,
                    purpose_text=schedule.purpose_text, actor=f"staff:{schedule.owner_id}", now=now, bom=schedule.bom,
                    schedule=schedule, period=period.name,
                )  # fmt: skip
        except Refusal as refusal:
            schedule.problem = f"{period.name}: {refusal.message}"[:500]
            schedule.save(update_fields=["problem"])
            return False
        if schedule.problem:
            schedule.problem = ""
            schedule.save(update_fields=["problem"])
        return True


def _asked(question: Mapping[str, str], period: Period) -> dict[str, str]:
    return {**question, "first": f"{period.first}", "last": f"{period.last}"}
