"""Keeping facts current (config/schedule.py)."""

from __future__ import annotations

import time
from typing import Final

from celery import shared_task

from common.clock import utc_now
from reporting.facts.services.reading import facts_read

READING_SECONDS: Final = 45.0


@shared_task(name="reporting.facts.tasks.read_ledger")
def read_ledger() -> int:
    """Read the ledger on until all is read, or for a while; returns what came. Safe to run twice, and to kill."""
    ends, came = time.monotonic() + READING_SECONDS, 0
    while time.monotonic() < ends and (more := facts_read(now=utc_now())) is not None:
        came += more
    return came
