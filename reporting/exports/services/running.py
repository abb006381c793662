"""Writing an export: one worker at a time, in one snapshot, from its beginning; killed, it is written anew."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from common.clock import instant_text
from common.errors import Refusal
from common.scope import Scope
from compliance.audit.names import EventName
from compliance.staff.models import StaffUser
from reporting.catalogue.asking import question_from
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Report
from reporting.exports.enums import ExportFormat, ExportState
from reporting.exports.errors import BooksNotProved, ExportNotAllowed, ExportStateRefused
from reporting.exports.heartbeat import Heartbeat, Stopped
from reporting.exports.locks import export_lock
from reporting.exports.models import Export, ExportFile
from reporting.exports.package import Contents, Written, package_write
from reporting.exports.places import leftovers_remove, package_name, package_path
from reporting.exports.reach import common_part, scope_from_json, scope_of
from reporting.exports.selectors.certification import books_proved
from reporting.exports.services.steps import export_move
from reporting.exports.services.trail import export_tell
from reporting.exports.writing.about import About, definitions_of
from reporting.exports.writing.totals import totals_of
from wallet.sealing.canonical import Json
from wallet.sealing.keys import SealKey, SealKeyError, seal_key_load

log = logging.getLogger(__name__)
SYSTEM: Final = "system:exports"
MOST_ATTEMPTS: Final = 3


def export_run(*, export_id: int, clock: Callable[[], datetime]) -> bool:
    """Write a queued export; False when another worker has it. Refusals and faults end it as failed, with the reason.

    Must not run inside a transaction. Rows are those of one snapshot, totals and reconciliation as well.
    """
    export = _claimed(export_id, clock())
    if export is None:
        return False
    assert export.lease is not None
    path = package_path(package_name(export.pk, export.lease))
    leftovers_remove(export.pk)
    try:
        key = seal_key_load(Path(settings.SEAL_KEY_FILE))
        with snapshot() as at, Heartbeat(export.pk, export.lease) as heart:
            try:
                written, rows = _written(export, path, at, heart, clock(), key)
            except DatabaseError:
                if heart.lost:
                    raise Stopped from None
                raise
        _finished(export, path, written, rows, at, clock())
    except Stopped:
        path.unlink(missing_ok=True)
        log.info("export %s was stopped", export.pk)
    except (Refusal, SealKeyError) as refusal:
        path.unlink(missing_ok=True)
        _failed(export, getattr(refusal, "message", str(refusal)), clock())
    except Exception as fault:
        path.unlink(missing_ok=True)
        log.exception("export %s failed", export.pk)
        _failed(export, f"{type(fault).__name__}: the log has the details.", clock())
    return True


@contextmanager
def snapshot() -> Iterator[datetime]:
    """A transaction that sees one moment of the database and writes nothing; yields the moment."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT now()")
            row = cursor.fetchone()
        assert row is not None
        yield row[0]


@transaction.atomic
def _claimed(export_id: int, now: datetime) -> Export | None:
    found = Export.objects.select_for_update(of=("self",), skip_locked=True)
    export = found.filter(pk=export_id, state=ExportState.QUEUED).first()
    if export is None:
        return None
    export_move(
        export, ExportState.RUNNING, now=now, lease=uuid4(), attempts=export.attempts + 1, started_at=now, beat_at=now,
        rows_done=0, rows_total=None, reason="",
    )  # fmt: skip
    return export


def _written(
    export: Export, path: Path, at: datetime, heart: Heartbeat, now: datetime, key: SealKey
) -> tuple[Written, int]:
    report = report_get(export.report)
    if report.version != export.report_version:
        raise ExportStateRefused(state="the report changed since it was asked for")
    proved = books_proved(now) if export.certified else None
    if export.certified and proved is None:
        raise BooksNotProved
    question = question_from(report, export.question, scope=_scope(export, report), now=now)
    totals = totals_of(report, question)
    heart.total = totals.rows
    about = About(
        report=report, question=question, filters=export.question, definitions=definitions_of(report, question),
        requester=_name(export), made_at=at,
    )  # fmt: skip
    more: dict[str, Json] = {
        "export": export.pk, "purpose": f"{export.get_purpose_display()}: {export.purpose_text}",
        "requested_by": export.requested_by, "requested_at": instant_text(export.requested_at),
        "approval": export.approval or None, "approved_by": export.approved_by or None,
        "certified": None if proved is None else {"by_event": proved.event, "at": instant_text(proved.at)},
    }  # fmt: skip
    ties = list(report.ties(question)) if report.ties is not None else []
    contents = Contents(
        about=about, totals=totals, ties=ties, format=ExportFormat(export.format), bom=export.bom, more=more
    )
    written = package_write(path, contents, key=key, heard=heart.heard)
    return written, totals.rows


def _scope(export: Export, report: Report) -> Scope:
    """What the requester could see when he asked, and still can."""
    kept = scope_from_json(export.reach)
    if export.requester_id is None:
        return kept
    scope = common_part(kept, scope_of(export.requester_id, report))
    if not scope.parts:
        raise ExportNotAllowed(report=export.report)
    return scope


def _name(export: Export) -> str:
    if export.requester_id is None:
        return export.requested_by
    person = StaffUser.objects.get(pk=export.requester_id)
    return f"{person.get_full_name() or person.username} ({export.requested_by})"


@transaction.atomic
def _finished(export: Export, path: Path, written: Written, rows: int, at: datetime, now: datetime) -> None:
    locked = export_lock(export.pk)
    if locked.lease != export.lease or locked.state != ExportState.RUNNING:
        raise Stopped
    before = export_move(
        locked, ExportState.DONE, now=now, package=path.name, package_sha256=written.sha256,
        package_bytes=written.bytes, snapshot_at=at, rows_done=sum(written.rows.values()), rows_total=rows,
        expires_at=now + timedelta(days=settings.EXPORT_KEEP_DAYS),
    )  # fmt: skip
    ExportFile.objects.bulk_create(
        ExportFile(export=locked, name=name, sha256=sha256, bytes=length, rows=written.rows.get(name, 0))
        for name, (sha256, length) in written.files.items()
    )
    more = {"rows": locked.rows_done, "sha256": written.sha256, "snapshot_at": at}
    export_tell(locked, EventName.EXPORT_FINISHED, actor=SYSTEM, now=now, before=before, more=more)


@transaction.atomic
def _failed(export: Export, reason: str, now: datetime) -> None:
    locked = export_lock(export.pk)
    if locked.lease == export.lease and locked.state == ExportState.RUNNING:
        _fail(locked, reason, now)


def _fail(locked: Export, reason: str, now: datetime) -> None:
    before = export_move(locked, ExportState.FAILED, now=now, reason=reason[:500])
    export_tell(
        locked, EventName.EXPORT_FAILED, actor=SYSTEM, now=now, before=before, reason=locked.reason, outcome="failed"
    )


@transaction.atomic
def export_take_back(*, export_id: int, lost_before: datetime, now: datetime) -> bool:
    """Put an export whose worker was killed back into the queue; after three lost workers it fails."""
    export = export_lock(export_id)
    if export.state != ExportState.RUNNING or export.beat_at is None or export.beat_at >= lost_before:
        return False
    if export.attempts >= MOST_ATTEMPTS:
        _fail(export, f"Its worker was lost {MOST_ATTEMPTS} times.", now)
    else:
        export_move(export, ExportState.QUEUED, now=now, lease=None)
    return True
