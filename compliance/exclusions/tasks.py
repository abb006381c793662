"""The scheduled work of exclusions. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from compliance.exclusions.services.marks import marks_forget


@shared_task
def forget_marks() -> None:
    """Digests of people whose exclusion is over are deleted."""
    marks_forget(now=utc_now())
