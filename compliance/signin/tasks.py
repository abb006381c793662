"""The sign-in's scheduled work. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from common.clock import utc_now
from compliance.signin.services.idle_people import idle_people_switch_off
from compliance.signin.services.sessions import sessions_clear


@shared_task
def switch_off_idle_staff() -> None:
    """People who did not sign in for 90 days are switched off."""
    idle_people_switch_off(now=utc_now())


@shared_task
def clear_staff_sessions() -> None:
    """Sessions that ran out by themselves leave the database."""
    sessions_clear(now=utc_now())
