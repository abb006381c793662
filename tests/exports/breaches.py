"""Raw SQL that breaks each promise about exports, by the name that must refuse it."""

from __future__ import annotations

from datetime import date
from typing import Any

from common.clock import utc_now
from reporting.exports.enums import ExportState
from reporting.exports.models import DownloadTicket, Export, ExportFile, ExportSchedule
from reporting.exports.services.steps import export_move
from tests.staff import staff_member

_EXPORT = (
    "INSERT INTO exports_export (report, report_version, question, reach, format, bom, certified, purpose,"
    " purpose_text, requested_by, jurisdiction, personal, needs_approval, approval, approved_by, period, state, reason,"
    " requested_at, attempts, estimated_rows, rows_done, package, package_sha256, package_bytes, downloads,"
    " schedule_id)"
    " VALUES ('x', 1, '{{}}', '[]', {format}, false, false, {purpose}, {text}, 'x', '', {personal}, {needs}, '', '',"
    " {period}, {state}, '', now(), 0, 1, 0, '', '', 0, 0, {schedule})"
)
_SCHEDULE = (
    "INSERT INTO exports_exportschedule (title, report, question, format, bom, purpose, purpose_text, cadence, hour,"
    " delivery, owner_id, jurisdiction, personal, approval, approved_by, first_day, made_at, ended_at, ended_by,"
    " end_reason, problem) SELECT title, report, question, format, bom, purpose, purpose_text, {cadence}, {hour},"
    " {delivery}, owner_id, '', {personal}, '', '', first_day, made_at, {ended}, '', '', ''"
    " FROM exports_exportschedule WHERE id = %(export_schedule)s"
)
_CHANGE = "UPDATE exports_export SET {change} WHERE id = %(export_{which})s"


def _export(
    format: str = "'csv'", purpose: str = "'audit'", text: str = "'x'", personal: str = "false",  # noqa: A002
    needs: str = "false", period: str = "''", state: str = "'requested'", schedule: str = "NULL",
) -> str:  # fmt: skip
    return _EXPORT.format(**locals())


def _schedule(
    cadence: str = "'daily'", hour: str = "6", delivery: str = "'email'", personal: str = "false", ended: str = "NULL"
) -> str:
    return _SCHEDULE.format(**locals())


def _change(change: str, which: str = "asked") -> str:
    return _CHANGE.format(change=change, which=which)


BY_ANYBODY: dict[str, list[str]] = {
    "export_follows_its_states": [_export(state="'queued'"), _change("state = 'done'"), _change("state = 'running'"),
                                  _change("state = 'queued'", "done")],
    "export_keeps_its_question": [_change("question = '{\"brand\": \"1\"}'"), _change("requested_by = 'y'"),
                                  _change("personal = true", "done")],
    "export_keeps_its_package": [_change("package_sha256 = 'y'", "done"), _change("rows_done = 9", "done")],
    "export_format_known": [_export(format="'doc'")],
    "export_has_a_purpose": [_export(purpose="'fun'"), _export(text="''")],
    "export_of_personal_data_needs_approval": [_export(personal="true")],
    "export_written_once_approved": [_change("state = 'queued'", "waiting"),
                                     _change("state = 'queued', approval = 'approval:1'", "waiting")],
    "export_ready_has_a_package": [_change("state = 'done'", "running")],
    "export_running_has_a_lease": [_change("state = 'running'", "queued")],
    "one_export_per_schedule_and_period": [_export(period="'2026-01-01'", schedule="%(export_schedule)s")],
    "export_file_named_once": [
        "INSERT INTO exports_exportfile (export_id, name, sha256, bytes, rows) SELECT export_id, name, 'x', 1, 1"
        " FROM exports_exportfile"
    ],
    "download_link_works_once": [
        "UPDATE exports_downloadticket SET used_at = NULL", "UPDATE exports_downloadticket SET used_at = now()",
    ],
    "schedule_is_ended_never_edited": ["UPDATE exports_exportschedule SET hour = 7",
                                       "UPDATE exports_exportschedule SET delivery = 'folder'"],
    "schedule_cadence_known": [_schedule(cadence="'hourly'")],
    "schedule_delivery_known": [_schedule(delivery="'pigeon'")],
    "schedule_hour_of_a_day": [_schedule(hour="24"), _schedule(hour="-1")],
    "schedule_of_personal_data_was_approved": [_schedule(personal="true")],
    "schedule_ended_by_somebody": [_schedule(ended="now()")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "exports_are_kept_for_ever": ["DELETE FROM exports_export"],
    "export_files_are_never_edited": ["UPDATE exports_exportfile SET rows = 2", "DELETE FROM exports_exportfile"],
}


def _made(owner_id: int, **more: Any) -> Export:
    return Export.objects.create(
        report="audit-trail", report_version=1, question={"first": "2026-01-01", "last": "2026-01-01"}, reach=[],
        format="csv", purpose="audit", purpose_text="For the story.", requested_by=f"staff:{owner_id}",
        requester_id=owner_id, personal=False, requested_at=utc_now(), estimated_rows=1,
        **({"needs_approval": False} | more),
    )  # fmt: skip


def exports_kept() -> dict[str, Any]:
    """A schedule with a period that is done, and its used link; exports asked for, waiting, queued, running."""
    now = utc_now()
    owner = staff_member("auditor").pk
    schedule = ExportSchedule.objects.create(
        title="Story", report="audit-trail", question={}, format="csv", purpose="audit", purpose_text="x",
        cadence="daily", delivery="email", owner_id=owner, personal=False, first_day=date(2026, 1, 1), made_at=now,
    )  # fmt: skip
    done = _made(owner, schedule=schedule, period="2026-01-01")
    export_move(done, ExportState.QUEUED, now=now)
    export_move(done, ExportState.RUNNING, now=now, lease="0" * 32, beat_at=now, started_at=now)
    export_move(
        done, ExportState.DONE, now=now, package="x.zip", package_sha256="x", snapshot_at=now, expires_at=now,
        rows_done=1,
    )  # fmt: skip
    ExportFile.objects.create(export=done, name="x.csv", sha256="x", bytes=1, rows=1)
    DownloadTicket.objects.create(
        export=done, staff_id=owner, token_sha256="x", made_at=now, expires_at=now, used_at=now
    )
    waiting, queued, running = _made(owner, needs_approval=True), _made(owner), _made(owner)
    export_move(waiting, ExportState.WAITING, now=now)
    export_move(queued, ExportState.QUEUED, now=now)
    export_move(running, ExportState.QUEUED, now=now)
    export_move(running, ExportState.RUNNING, now=now, lease="0" * 32, beat_at=now, started_at=now)
    kept = {"schedule": schedule, "done": done, "asked": _made(owner), "waiting": waiting, "queued": queued,
            "running": running}  # fmt: skip
    return {f"export_{name}": row.pk for name, row in kept.items()}
