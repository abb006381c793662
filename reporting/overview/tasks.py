"""Counting ahead what first screens show."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from reporting.overview.selectors.day_figures import day_figures

READING_SECONDS = 240.0


@shared_task(name="reporting.overview.tasks.count_hours")
def count_hours() -> int:
    """Count the finished hours of today and of the same day last week, so that nobody waits for them on the dashboard.

    Returns how many hours are still to be counted; safe to run twice.
    """
    return day_figures(now=utc_now(), seconds=READING_SECONDS).unread
