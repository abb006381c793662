"""Schedules: each period once, caught up after downtime, delivered by a link or into the folder, for two people."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from common.clock import utc_now
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from reporting.exports.approval_schedule import schedule_payload
from reporting.exports.errors import ScheduleRefused
from reporting.exports.models import Export, ExportSchedule
from reporting.exports.services.deliveries import export_deliver
from reporting.exports.services.schedules import schedule_end, schedule_make, schedules_run
from reporting.exports.tasks import look_after_exports
from tests.exports.scene import REPORT, exporter, members, packages, written

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def data(owner: StaffUser, **more: Any) -> dict[str, Any]:
    return {
        "title": "Trail", "report": REPORT, "question": {"first": "2020-01-01"}, "file_format": "csv", "bom": False,
        "purpose": "audit", "purpose_text": "The auditor reads it daily.", "cadence": "daily", "hour": 6,
        "delivery": "email", "owner_id": owner.pk, "first_day": date(2026, 11, 17),
    } | more  # fmt: skip


def scheduled(**more: Any) -> ExportSchedule:
    """By two people, since the trail holds personal data."""
    owner = exporter()
    other = exporter("mlro")
    payload = schedule_payload(**data(owner, **more))
    found = approval_propose(
        kind="export_schedule", payload=payload, reason="Daily reading.", actor=f"staff:{owner.pk}", now=utc_now()
    )
    approval_approve(approval_id=found.pk, reason="Agreed.", actor=f"staff:{other.pk}", now=utc_now())
    return ExportSchedule.objects.get()


def test_one_person_alone_schedules_no_personal_data() -> None:
    with pytest.raises(ScheduleRefused):
        schedule_make(**data(exporter()), actor="staff:1", now=NOW)


def test_each_period_is_exported_once_and_missed_ones_are_made_up() -> None:
    schedule = scheduled()
    assert "first" not in schedule.question
    assert schedules_run(now=NOW) == 3  # 17, 18 and 19 November were missed
    assert schedules_run(now=NOW) == 0
    made = list(schedule.exports.order_by("pk"))
    assert [export.period for export in made] == ["2026-11-17", "2026-11-18", "2026-11-19"]
    assert made[0].question["first"] == made[0].question["last"] == "2026-11-17"
    assert {export.state for export in made} == {"queued"}  # two people agreed on all of them
    assert {export.approval for export in made} == {schedule.approval}
    assert schedules_run(now=NOW + timedelta(hours=17, minutes=59)) == 0  # the 20th, but not yet 06:00
    assert schedules_run(now=NOW + timedelta(hours=18)) == 1
    schedule_end(schedule_id=schedule.pk, actor="staff:1", reason="Not needed.", now=NOW)
    assert schedules_run(now=NOW + timedelta(days=5)) == 0


def test_two_beats_at_once_make_one_export() -> None:
    scheduled()
    made: list[int] = []

    def beat() -> None:
        made.append(schedules_run(now=NOW))
        connection.close()

    threads = [threading.Thread(target=beat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    schedules_run(now=NOW)
    assert sorted(Export.objects.values_list("period", flat=True)) == ["2026-11-17", "2026-11-18", "2026-11-19"]


def test_the_owner_is_told_by_a_link_and_never_sent_the_data() -> None:
    scheduled(first_day=date(2026, 11, 19))
    schedules_run(now=NOW)
    export = written(Export.objects.get())
    look_after_exports()
    look_after_exports()
    assert len(mail.outbox) == 1
    (letter,) = mail.outbox
    assert letter.to == [export.requester.email if export.requester else ""]
    assert f"/admin/exports/export/{export.pk}/change/" in letter.body
    assert not letter.attachments


def test_a_folder_gets_the_package_once(places: Path) -> None:
    schedule = scheduled(first_day=date(2026, 11, 19), delivery="folder")
    schedules_run(now=NOW)
    export = written(Export.objects.get())
    assert export_deliver(export_id=export.pk, now=NOW)
    assert not export_deliver(export_id=export.pk, now=NOW)
    (found,) = (places / "folder" / f"schedule-{schedule.pk}").iterdir()
    assert found.name == f"audit-trail-2026-11-19-{export.pk}.zip"
    assert found.read_bytes() == packages()[0].read_bytes()
    assert members(export)


def test_an_owner_who_left_stops_his_schedule_with_a_word() -> None:
    schedule = scheduled()
    StaffUser.objects.filter(pk=schedule.owner_id).update(is_active=False)
    assert schedules_run(now=NOW) == 0
    schedule.refresh_from_db()
    assert schedule.problem.startswith("2026-11-17: Your roles do not include this export")
