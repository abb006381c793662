"""Verification's scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

from typing import Final

from celery import shared_task

from common.clock import utc_now
from compliance.kyc.enums import DocumentState
from compliance.kyc.models import Document
from compliance.kyc.services.documents import document_scan
from compliance.kyc.services.money import money_watch
from compliance.kyc.services.provider_events import events_work
from compliance.kyc.services.upkeep import documents_expire, expiry_remind, orphans_remove
from compliance.kyc.services.verification import deadlines_pass

AT_ONCE: Final = 100


@shared_task
def work_provider_events() -> None:
    """Carry out what providers said."""
    events_work(now=utc_now())


@shared_task
def scan_documents() -> None:
    """Have the scanner look at what waits for it, the oldest first."""
    waiting = Document.objects.filter(state=DocumentState.SCANNING).order_by("sent_at").values_list("pk", flat=True)
    for document_id in list(waiting[:AT_ONCE]):
        document_scan(document_id=document_id, now=utc_now())


@shared_task
def watch_money() -> None:
    """Count deposits and withdrawals, and ask for what they ask for; stop play whose time has passed."""
    money_watch(now=utc_now())
    deadlines_pass(now=utc_now())


@shared_task
def expire_documents() -> None:
    """Expire documents, remind of those that will, remove files that no row names."""
    documents_expire(now=utc_now())
    expiry_remind(now=utc_now())
    orphans_remove()
