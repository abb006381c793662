"""The catalogue's scheduled work. It may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from casino.games.services.stops import stops_end_due
from common.clock import utc_now


@shared_task
def end_due_stops() -> None:
    """Resume what was stopped until a moment that has come; what is legal never is."""
    stops_end_due(now=utc_now())
