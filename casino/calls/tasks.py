"""The call log's schedule (CELERY_BEAT_SCHEDULE)."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from casino.calls.services import upkeep
from common.clock import utc_now


@shared_task
def call_log_ship() -> None:
    """Ship the calls that dead processes left in the spool, and make partitions ahead."""
    upkeep.call_log_ship(now=utc_now())


@shared_task
def call_log_purge() -> None:
    """Drop the months that are older than CALL_LOG_KEEP_DAYS."""
    upkeep.call_log_purge(keep_days=settings.CALL_LOG_KEEP_DAYS, actor="system:call_log_purge", now=utc_now())
