"""Which exports wait for a worker, which lost theirs, which are due to be deleted or delivered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from reporting.exports.enums import ExportState
from reporting.exports.models import Export

# A living worker is heard of every second.
LOST_AFTER: Final = timedelta(seconds=30)
MOST: Final = 100


def exports_queued() -> list[int]:
    """The oldest first."""
    return _keys(state=ExportState.QUEUED)


def exports_lost(now: datetime) -> list[int]:
    """Being written by a worker that was not heard of for a while."""
    return _keys(state=ExportState.RUNNING, beat_at__lt=now - LOST_AFTER)


def exports_waiting() -> list[int]:
    """Waiting for an approval."""
    return _keys(state=ExportState.WAITING)


def exports_expiring(now: datetime) -> list[int]:
    """Ready, and kept long enough."""
    return _keys(state=ExportState.DONE, expires_at__lte=now)


def exports_undelivered() -> list[int]:
    """Ready, and their schedule's owner does not know."""
    return _keys(state=ExportState.DONE, schedule__isnull=False, delivered_at__isnull=True)


def _keys(**wanted: object) -> list[int]:
    return list(Export.objects.filter(**wanted).order_by("pk").values_list("pk", flat=True)[:MOST])
