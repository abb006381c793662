"""Handing a package out: a link for one person who has just proved who he is, that works once and for minutes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import F

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.exports.enums import ExportState
from reporting.exports.errors import BooksNotProved, ExportNotYours, ExportRefusal, ExportStateRefused, TicketRefused
from reporting.exports.locks import export_lock
from reporting.exports.models import DownloadTicket, Export
from reporting.exports.places import package_path
from reporting.exports.selectors.certification import books_proved
from reporting.exports.services.trail import export_tell

LINK_LIVES: Final = timedelta(minutes=5)
Made = TypeVar("Made")


def ticket_make(*, export_id: int, staff_id: int, now: datetime) -> str:
    """A new link's secret, told once. Raises ExportRefusal, which is told in the trail."""
    return _told(export_id, staff_id, now, lambda: _ticket(export_id, staff_id, now))


def ticket_use(*, token: str, staff_id: int, now: datetime) -> tuple[Export, Path]:
    """The export and its file, for the person the link was made for; the link is used up. Raises ExportRefusal."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    known = DownloadTicket.objects.filter(token_sha256=digest).values_list("export_id", flat=True).first()
    return _told(known or 0, staff_id, now, lambda: _used(digest, staff_id, now))


def _told(export_id: int, staff_id: int, now: datetime, work: Callable[[], Made]) -> Made:
    try:
        with transaction.atomic():
            return work()
    except ExportRefusal as refusal:
        audit_record(
            name=EventName.EXPORT_REFUSED, actor=f"staff:{staff_id}", now=now, subject=f"exports.export:{export_id}",
            after={"why": refusal.code}, outcome="refused",
        )  # fmt: skip
        raise


def _ticket(export_id: int, staff_id: int, now: datetime) -> str:
    export = _handed_out(export_id, staff_id, now)
    token = secrets.token_urlsafe(32)
    DownloadTicket.objects.create(
        export=export, staff_id=staff_id, token_sha256=hashlib.sha256(token.encode()).hexdigest(), made_at=now,
        expires_at=now + LINK_LIVES,
    )  # fmt: skip
    return token


def _used(digest: str, staff_id: int, now: datetime) -> tuple[Export, Path]:
    ticket = DownloadTicket.objects.select_for_update().filter(token_sha256=digest).first()
    if ticket is None or ticket.staff_id != staff_id or ticket.used_at is not None or ticket.expires_at <= now:
        raise TicketRefused
    export = _handed_out(ticket.export_id, staff_id, now)
    path = package_path(export.package)
    if not path.is_file():
        raise ExportStateRefused(state="the file is gone")
    ticket.used_at = now
    ticket.save(update_fields=["used_at"])
    Export.objects.filter(pk=export.pk).update(downloads=F("downloads") + 1)
    more = {"sha256": export.package_sha256, "rows": export.rows_done}
    export_tell(export, EventName.EXPORT_DOWNLOADED, actor=f"staff:{staff_id}", now=now, more=more)
    return export, path


def _handed_out(export_id: int, staff_id: int, now: datetime) -> Export:
    """The export, locked, if this person may have it now."""
    export = export_lock(export_id)
    if export.requester_id != staff_id:
        raise ExportNotYours
    if export.state != ExportState.DONE or export.expires_at is None or export.expires_at <= now:
        raise ExportStateRefused(state=export.state)
    if export.certified and books_proved(now) is None:
        raise BooksNotProved
    return export
