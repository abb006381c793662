"""Compliance's scheduled work (config/settings.py, CELERY_BEAT_SCHEDULE). Each may run twice without harm."""

from __future__ import annotations

import logging
from typing import Final

from celery import shared_task

from common.clock import utc_now
from compliance.services.significant_events import significant_events_watch
from wallet.services.proofs import proof_run

log = logging.getLogger(__name__)
MOST_STRETCHES: Final = 20  # a task ends before the next is due many times over; a long backlog goes on in the next


@shared_task
def watch_significant() -> None:
    """Find large wins and stakes, debts, changes past the services and bursts of refused sign-ins."""
    for _stretch in range(MOST_STRETCHES):
        if not significant_events_watch(now=utc_now()).more:
            return


@shared_task
def verify_books() -> None:
    """Prove every promise of ledger and trail once a day; the result is an event of the trail (AUD-07)."""
    if (broken := proof_run(actor="system:verify_books", now=utc_now())) is not None:
        log.error("The books are broken: %s", broken)
