"""Limits' scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

from typing import Final

from celery import shared_task

from common.clock import utc_now
from compliance.limits.services.limit_changes import limit_changes_mature
from compliance.limits.services.reviews import limit_reviews_remind

MOST_STRETCHES: Final = 1_000


@shared_task
def mature_limit_changes() -> None:
    """End requests for looser limits that nobody confirmed, and apply those that need the wait alone."""
    limit_changes_mature(now=utc_now())


@shared_task
def remind_of_limits() -> None:
    """Remind players to look at their limits (UK-08)."""
    reached = 0
    for _stretch in range(MOST_STRETCHES):
        _reminded, reached = limit_reviews_remind(now=utc_now(), after=reached)
        if not reached:
            return
