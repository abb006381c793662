"""The approvals' scheduled work (config/settings.py, CELERY_BEAT_SCHEDULE). It may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from compliance.approvals.selectors.queue import approvals_overdue
from compliance.approvals.services.decisions import approval_expire


@shared_task
def expire_approvals() -> None:
    """End proposals whose time is over, the oldest first; what is left is ended by the next run."""
    now = utc_now()
    for approval_id in approvals_overdue(now=now):
        approval_expire(approval_id=approval_id, actor="system:approvals", now=now)
