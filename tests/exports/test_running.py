"""Exports that are written: killed workers, cancelled ones, two workers at once, expiry, refusals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.exports.enums import ExportState
from reporting.exports.errors import BooksNotProved, ExportNotYours, ExportStateRefused, TicketRefused
from reporting.exports.models import DownloadTicket, Export
from reporting.exports.places import package_path
from reporting.exports.selectors.queue import LOST_AFTER
from reporting.exports.services.downloads import ticket_make, ticket_use
from reporting.exports.services.ends import export_again, export_cancel, export_drop_unapproved, export_expire
from reporting.exports.services.running import MOST_ATTEMPTS, export_run, export_take_back
from reporting.exports.tasks import look_after_exports
from tests.exports.scene import approved, exporter, manifest, many, members, packages, ready, requested, rows, written
from tests.servers import CHECKOUT, with_database

pytestmark = pytest.mark.django_db(transaction=True)
KILL = ["-m", "tests.exports.dies"]


def environment() -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
        "EXPORT_FILES": settings.EXPORT_FILES, "SEAL_KEY_FILE": settings.SEAL_KEY_FILE,
    }  # fmt: skip


def worker_dies(export: Export) -> None:
    command = [sys.executable, *KILL, str(export.pk)]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment(), check=False, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


def taken_back(export: Export) -> Export:
    now = utc_now() + LOST_AFTER + timedelta(seconds=5)
    assert export_take_back(export_id=export.pk, lost_before=now - LOST_AFTER, now=now)
    export.refresh_from_db()
    return export


def test_an_export_whose_worker_is_killed_is_written_once_and_whole() -> None:
    many(6_000)
    export = approved(requested(exporter()))
    worker_dies(export)
    export.refresh_from_db()
    assert export.state == ExportState.RUNNING
    assert [path.name[0] for path in packages()] == ["."]  # half a package, under no package's name
    assert not export_take_back(export_id=export.pk, lost_before=utc_now() - LOST_AFTER, now=utc_now())
    written(taken_back(export))
    assert (export.state, export.attempts) == (ExportState.DONE, 2)
    assert [path.name for path in packages()] == [export.package]
    numbers = [row["id"] for row in rows(members(export)["audit-trail.csv"])]
    assert len(numbers) == len(set(numbers)) == export.rows_done == manifest(export)["rows"]
    assert export.rows_done >= 6_000
    assert export.files.count() == 3


def test_a_worker_that_comes_back_late_finds_its_export_taken() -> None:
    many(6_000)
    export = approved(requested(exporter()))
    Export.objects.filter(pk=export.pk).update(state=ExportState.RUNNING, lease="0" * 32, beat_at=utc_now(), attempts=1)
    assert export_run(export_id=export.pk, clock=utc_now) is False  # it is not in the queue
    for attempt in range(2, MOST_ATTEMPTS + 1):
        taken_back(export)
        Export.objects.filter(pk=export.pk).update(
            state=ExportState.RUNNING, lease="0" * 32, beat_at=utc_now(), attempts=attempt
        )
    taken_back(export)
    assert (export.state, export.reason) == (ExportState.FAILED, "Its worker was lost 3 times.")
    written(export_again(export_id=export.pk, actor="staff:1", now=utc_now()))
    assert Export.objects.get(pk=export.pk).state == ExportState.DONE


def test_two_workers_write_it_once() -> None:
    many(3_000)
    export = approved(requested(exporter()))
    did: list[bool] = []

    def work() -> None:
        did.append(export_run(export_id=export.pk, clock=utc_now))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(did) == [False, False, True]
    assert len(packages()) == 1


def test_a_cancelled_export_stops_and_leaves_nothing() -> None:
    many(120_000)
    export = approved(requested(exporter()))

    def work() -> None:
        export_run(export_id=export.pk, clock=utc_now)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    end = time.monotonic() + 20
    while Export.objects.get(pk=export.pk).state != ExportState.RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    export_cancel(export_id=export.pk, actor="staff:1", reason="Asked for the wrong month.", now=utc_now())
    thread.join(timeout=30)
    assert not thread.is_alive()
    export.refresh_from_db()
    assert (export.state, packages()) == (ExportState.CANCELLED, [])
    with pytest.raises(ExportStateRefused):
        export_cancel(export_id=export.pk, actor="staff:1", reason="Again.", now=utc_now())


def test_the_rows_are_those_of_one_snapshot_and_of_the_moment_it_was_asked_for() -> None:
    many(10)
    export = approved(requested(exporter()))
    before = AuditEvent.objects.filter(recorded_at__lte=export.question["as_of"]).count()
    many(5)
    written(export)
    assert export.rows_done == before
    assert manifest(export)["filters"] == export.question


def test_a_package_is_fetched_once_by_whoever_asked_for_it() -> None:
    person, other, now = exporter(), exporter("auditor"), utc_now()
    export = ready(person)
    with pytest.raises(ExportNotYours):
        ticket_make(export_id=export.pk, staff_id=other.pk, now=now)
    token = ticket_make(export_id=export.pk, staff_id=person.pk, now=now)
    for staff, moment in ((other.pk, now), (person.pk, now + timedelta(minutes=5))):
        with pytest.raises(TicketRefused):
            ticket_use(token=token, staff_id=staff, now=moment)
    found, path = ticket_use(token=token, staff_id=person.pk, now=now)
    assert (found.pk, path) == (export.pk, package_path(export.package))
    with pytest.raises(TicketRefused):
        ticket_use(token=token, staff_id=person.pk, now=now)
    assert Export.objects.get(pk=export.pk).downloads == 1
    assert token not in str(list(DownloadTicket.objects.values()))
    events = AuditEvent.objects.filter(subject=f"exports.export:{export.pk}").order_by("pk")
    names = [event.name.rpartition(":")[2] for event in events]
    assert names == ["requested", "approved", "finished", *["refused"] * 3, "downloaded", "refused"]


def test_what_was_kept_long_enough_is_deleted_and_its_record_stays() -> None:
    export = ready(exporter())
    assert export.expires_at is not None
    assert not export_expire(export_id=export.pk, now=export.expires_at - timedelta(seconds=1))
    assert len(packages()) == 1
    assert export_expire(export_id=export.pk, now=export.expires_at)
    assert packages() == []
    again = Export.objects.get(pk=export.pk)
    assert (again.state, again.package_sha256, again.files.count()) == ("expired", export.package_sha256, 3)


def test_an_export_that_nobody_approves_is_dropped() -> None:
    export = requested(exporter())
    assert not export_drop_unapproved(export_id=export.pk, now=utc_now())
    from compliance.approvals.services.decisions import approval_reject

    approval_reject(
        approval_id=int(export.approval.partition(":")[2]), reason="Too much.", actor=f"staff:{exporter('mlro').pk}",
        now=utc_now(),
    )  # fmt: skip
    look_after_exports()
    export.refresh_from_db()
    assert (export.state, export.reason) == (ExportState.CANCELLED, "The approval: rejected.")


def test_a_requester_who_lost_the_right_gets_nothing() -> None:
    person = exporter()
    export = approved(requested(person))
    person.is_active = False
    person.save(update_fields=["is_active"])
    written(export)
    assert (export.state, packages()) == (ExportState.FAILED, [])
    assert "Your roles do not include this export" in export.reason


def proved(*, broken: bool) -> None:
    name = EventName.LEDGER_BROKEN if broken else EventName.LEDGER_VERIFIED
    audit_record(name=name, actor="system:verify_books", now=utc_now(), subject="wallet.ledger:all",
                 after={"promises": 1}, outcome="failed" if broken else "done")  # fmt: skip


def test_nothing_is_certified_while_the_books_are_not_proved() -> None:
    person = exporter()
    with pytest.raises(BooksNotProved):
        requested(person, certified=True)
    proved(broken=False)
    export = ready(person, certified=True)
    event = AuditEvent.objects.get(name=EventName.LEDGER_VERIFIED)
    assert manifest(export)["certified"]["by_event"] == event.pk
    waiting = approved(requested(person, certified=True))
    proved(broken=True)
    written(waiting)
    assert (waiting.state, waiting.reason) == (ExportState.FAILED, BooksNotProved.message)
    with pytest.raises(BooksNotProved):
        ticket_make(export_id=export.pk, staff_id=person.pk, now=utc_now())
    refused = AuditEvent.objects.filter(name=EventName.EXPORT_REFUSED)
    assert {(event.after or {})["why"] for event in refused} == {"export_books_not_proved"}


def test_without_the_seal_key_it_fails_in_words(places: Path) -> None:
    (places / "seal.key").unlink()
    export = written(approved(requested(exporter())))
    assert export.state == ExportState.FAILED
    assert "There is no seal key at" in export.reason


@pytest.mark.parametrize("bom", [False, True])
def test_a_byte_order_mark_is_there_when_asked_for(bom: bool) -> None:
    found = members(ready(exporter(), bom=bom))["audit-trail.csv"]
    assert found.startswith(b"\xef\xbb\xbfid," if bom else b"id,")
