"""The entrance's scheduled work. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from casino.entrance.services.protection import registers_refresh
from common.clock import utc_now


@shared_task
def refresh_registers() -> None:
    """National registers are asked anew about whoever is signed in, before the last answer is a day old (UK-20)."""
    registers_refresh(now=utc_now())
