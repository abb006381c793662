"""Exports' work in the background (config/schedule.py). Each task may run twice without harm."""

from __future__ import annotations

import logging

from celery import shared_task

from common.clock import utc_now
from reporting.exports.selectors.queue import (
    LOST_AFTER,
    exports_expiring,
    exports_lost,
    exports_queued,
    exports_undelivered,
    exports_waiting,
)
from reporting.exports.services.deliveries import export_deliver
from reporting.exports.services.ends import export_drop_unapproved, export_expire
from reporting.exports.services.running import export_run, export_take_back
from reporting.exports.services.schedules import schedules_run

log = logging.getLogger(__name__)


@shared_task
def start_exports() -> None:
    """Hand queued exports to workers, one task each; what another task has taken by then does nothing."""
    for export_id in exports_queued():
        write_export.apply_async(kwargs={"export_id": export_id}, expires=60)


@shared_task
def write_export(export_id: int) -> None:
    """Write one export."""
    export_run(export_id=export_id, clock=utc_now)


@shared_task
def look_after_exports() -> None:
    """Take back what killed workers left, drop what was not approved, delete what was kept long enough, deliver."""
    now = utc_now()
    for export_id in exports_lost(now):
        if export_take_back(export_id=export_id, lost_before=now - LOST_AFTER, now=now):
            log.warning("export %s lost its worker and is written anew", export_id)
    for export_id in exports_waiting():
        export_drop_unapproved(export_id=export_id, now=now)
    for export_id in exports_expiring(now):
        export_expire(export_id=export_id, now=now)
    for export_id in exports_undelivered():
        try:
            export_deliver(export_id=export_id, now=utc_now())
        except OSError as problem:  # the mail server, or the folder: the next run tries again
            log.error("export %s was not delivered: %s", export_id, problem)


@shared_task
def run_schedules() -> None:
    """Request what schedules are due, also what was missed."""
    schedules_run(now=utc_now())
