"""Telling the owner of a schedule by e-mail (a link, never the data), or putting the package into the export folder."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from common.database.outside import outside_transactions
from compliance.audit.names import EventName
from reporting.catalogue.registry import report_get
from reporting.exports.enums import Delivery, ExportState
from reporting.exports.locks import export_lock
from reporting.exports.models import Export
from reporting.exports.places import package_path
from reporting.exports.services.trail import export_tell

SYSTEM: Final = "system:exports"
_MAIL: Final = """{title}, {period}, is ready: {rows} rows.

Sign in and fetch it until {expires} UTC:
{link}

The file is not attached, and the link works for you alone.
"""


def export_deliver(*, export_id: int, now: datetime) -> bool:
    """Deliver a scheduled export that is ready; told twice when a worker dies in between, never not at all."""
    export = Export.objects.select_related("schedule", "requester").get(pk=export_id)
    schedule = export.schedule
    if export.state != ExportState.DONE or export.delivered_at is not None or schedule is None:
        return False
    where = _into_folder(export) if schedule.delivery == Delivery.FOLDER else _by_mail(export)
    with transaction.atomic():
        locked = export_lock(export_id)
        if locked.delivered_at is not None or locked.state != ExportState.DONE:
            return False
        locked.delivered_at = now
        locked.save(update_fields=["delivered_at"])
        more = {"delivery": schedule.delivery, "where": where, "sha256": locked.package_sha256}
        export_tell(locked, EventName.EXPORT_DELIVERED, actor=SYSTEM, now=now, more=more)
    return True


def _by_mail(export: Export) -> str:
    outside_transactions("the mail server")
    assert export.requester is not None
    assert export.expires_at is not None
    title = report_get(export.report).title
    words = _MAIL.format(
        title=title, period=export.period, rows=f"{export.rows_done:,}", expires=f"{export.expires_at:%Y-%m-%d %H:%M}",
        link=f"{settings.BACK_OFFICE_URL}/admin/exports/export/{export.pk}/change/",
    )  # fmt: skip
    send_mail(f"{title}, {export.period}", words, None, [export.requester.email])
    return f"staff:{export.requester_id}"


def _into_folder(export: Export) -> str:
    """Copied under its name for people, whole or not at all; the same export again is the same file."""
    folder = Path(settings.EXPORT_FOLDER) / f"schedule-{export.schedule_id}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    name = re.sub(r"[^A-Za-z0-9._-]", "-", f"{export.report}-{export.period}-{export.pk}.zip")
    part = folder / f".{name}.part"
    with package_path(export.package).open("rb") as source, part.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    part.rename(folder / name)
    return f"{folder.name}/{name}"
