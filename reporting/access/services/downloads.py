"""Handing a finished export to the program that asked for it. People fetch theirs by links (reporting.exports)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F

from compliance.audit.names import EventName
from reporting.exports.enums import ExportState
from reporting.exports.errors import BooksNotProved, ExportStateRefused, ExportUnknown
from reporting.exports.locks import export_lock
from reporting.exports.models import Export
from reporting.exports.places import package_path
from reporting.exports.selectors.certification import books_proved
from reporting.exports.services.trail import export_tell


@transaction.atomic
def program_download(*, export_id: int, actor: str, now: datetime) -> tuple[Export, Path]:
    """The export and its package, for the client that asked for it ("api:…"); told in the trail.

    Raises ExportUnknown, also for somebody else's, ExportStateRefused, BooksNotProved.
    """
    export = export_lock(export_id)
    if export.requested_by != actor:
        raise ExportUnknown
    if export.state != ExportState.DONE or export.expires_at is None or export.expires_at <= now:
        raise ExportStateRefused(state=export.state)
    if export.certified and books_proved(now) is None:
        raise BooksNotProved
    path = package_path(export.package)
    if not path.is_file():
        raise ExportStateRefused(state="the file is gone")
    Export.objects.filter(pk=export.pk).update(downloads=F("downloads") + 1)
    more = {"sha256": export.package_sha256, "rows": export.rows_done}
    export_tell(export, EventName.EXPORT_DOWNLOADED, actor=actor, now=now, more=more)
    return export, path
