"""The play wing's scheduled work. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from casino.play.services.sessions import sessions_expire
from common.clock import utc_now


@shared_task
def expire_sessions() -> None:
    """End game sessions that idled out; the bet itself never waits for this."""
    sessions_expire(now=utc_now())
