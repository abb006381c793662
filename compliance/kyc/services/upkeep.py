"""What verification does by the clock: expiry of documents, reminders, files that no row names."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.kyc.enums import DocumentState
from compliance.kyc.models import Document
from compliance.kyc.services.documents import document_expire
from players.accounts.enums import LetterKind
from players.accounts.services.letters import letter_write

REMIND_DAYS: Final = (30, 7, 1)
ORPHAN_SECONDS: Final = 24 * 3600


def documents_expire(*, now: datetime, most: int = 1_000) -> int:
    """Expire accepted documents whose date has passed everywhere on earth; returns how many."""
    today = (now - timedelta(hours=12)).date()
    late = Document.objects.filter(state=DocumentState.ACCEPTED, expires_on__lt=today).order_by("expires_on")
    ids = list(late.values_list("pk", flat=True)[:most])
    return sum(document_expire(document_id=document_id, today=today, now=now) for document_id in ids)


def expiry_remind(*, now: datetime, most: int = 1_000) -> int:
    """Remind players 30, 7 and 1 days before a document expires, each once; returns how many."""
    today = now.date()
    reminded = 0
    for days in REMIND_DAYS:
        due = Document.objects.filter(
            state=DocumentState.ACCEPTED, expires_on__gte=today, expires_on__lte=today + timedelta(days=days)
        ).exclude(reminded_days__lte=days)
        for document_id in list(due.order_by("expires_on").values_list("pk", flat=True)[:most]):
            reminded += _remind(document_id, days, now)
    return reminded


@transaction.atomic
def _remind(document_id: UUID, days: int, now: datetime) -> bool:
    document = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("player__brand")
        .get(pk=document_id)
    )
    if document.state != DocumentState.ACCEPTED or (document.reminded_days or 999) <= days:
        return False
    assert document.expires_on is not None
    document.reminded_days = days
    document.save(update_fields=["reminded_days"])
    letter_write(
        player=document.player, kind=LetterKind.DOCUMENT_EXPIRES, now=now,
        facts={"document": document.get_kind_display(), "expires_on": document.expires_on.isoformat()},
    )  # fmt: skip
    audit_record(
        name=EventName.DOCUMENT_REMINDED, actor="system:kyc", now=now, subject=f"kyc.document:{document.pk}",
        brand_id=document.player.brand_id, player_id=document.player_id, after={"days": days},
    )  # fmt: skip
    return True


def orphans_remove(*, seconds: int = ORPHAN_SECONDS) -> int:
    """Remove files older than a day that no row names: a process died between file and row. Returns how many."""
    removed = 0
    for folder in sorted(Path(settings.KYC_FILES).glob("??")):
        for file in folder.iterdir():
            if time.time() - file.stat().st_mtime < seconds:
                continue
            name = file.name.removesuffix(".part")
            if not file.suffix and Document.objects.filter(pk=UUID(name)).exists():
                continue
            file.unlink(missing_ok=True)
            removed += 1
    return removed
