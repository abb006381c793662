"""People who export, events to export, and packages opened again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from common.clock import utc_now
from compliance.approvals.services.decisions import approval_approve
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.models import Role, StaffUser
from reporting.catalogue.asking import question_from
from reporting.catalogue.registry import report_get
from reporting.exports.models import Export
from reporting.exports.places import package_path
from reporting.exports.reach import scope_of
from reporting.exports.services.requests import export_request
from reporting.exports.services.running import export_run
from tests.staff import staff_member

REPORT = "audit-trail"
FORMULAS = ["=1+1", "+49", "-5", "@SUM(A1)", "\tx", 'a "quoted", b', "007"]


def exporter(role: str = "compliance_officer", **scope: Any) -> StaffUser:
    """Somebody whose role sees the compliance reports."""
    kind, _made = ContentType.objects.get_or_create(app_label="catalogue", model="report")
    right, _made = Permission.objects.get_or_create(
        codename="view_compliance_reports", content_type=kind, defaults={"name": "Can view compliance reports"}
    )
    Role.objects.get(code=role).permissions.add(right)
    return staff_member(role, **scope)


def told(count: int = 3) -> None:
    """Events of the trail, one of which would run in a spreadsheet, another of which breaks its line."""
    for number in range(count):
        text = FORMULAS[number] if number < len(FORMULAS) else f"event {number}"
        audit_record(
            name=EventName.LEDGER_EXPORTED, actor="system:tests", now=utc_now(), subject=f"wallet.ledger:{number}",
            reason=text, after={"amount": "1.50"},
        )  # fmt: skip


def many(count: int) -> None:
    """So many events at once, as the database writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (name, severity, significant, occurred_at, actor, roles, on_behalf_of,"
            " subject, reason, outcome, request_id, session, approval) SELECT 'wallet:ledger:exported', 'info', false,"
            " now(), 'system:tests', '{}', '', 'wallet.ledger:' || n, 'event ' || n, 'done', '', '', ''"
            " FROM generate_series(1, %s) n",
            [count],
        )


def question_data() -> dict[str, str]:
    today = utc_now().date()
    return {"first": f"{today - timedelta(days=1)}", "last": f"{today}"}


def requested(person: StaffUser, *, report: str = REPORT, format: str = "csv", **more: Any) -> Export:  # noqa: A002
    known = report_get(report)
    question = question_from(known, question_data(), scope=scope_of(person.pk, known), now=utc_now())
    return export_request(
        report=known, question=question, format=format, purpose="regulator", purpose_text="Letter 12 of the authority.",
        actor=f"staff:{person.pk}", now=utc_now(), **more,
    )  # fmt: skip


def approved(export: Export, by: StaffUser | None = None) -> Export:
    """Somebody else agrees."""
    other = by or exporter("mlro")
    key = int(export.approval.partition(":")[2])
    approval_approve(approval_id=key, reason="Seen the letter.", actor=f"staff:{other.pk}", now=utc_now())
    export.refresh_from_db()
    return export


def written(export: Export) -> Export:
    """Written by this process."""
    export_run(export_id=export.pk, clock=utc_now)
    export.refresh_from_db()
    return export


def ready(person: StaffUser, **more: Any) -> Export:
    return written(approved(requested(person, **more)))


def members(export: Export) -> dict[str, bytes]:
    with zipfile.ZipFile(package_path(export.package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(export: Export) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(members(export)["manifest.json"])
    return found


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def packages() -> list[Path]:
    """Whatever lies where packages lie."""
    folder = Path(settings.EXPORT_FILES)
    return sorted(folder.iterdir()) if folder.is_dir() else []
