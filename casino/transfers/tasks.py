"""The transfer wallet's scheduled work. Each may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from casino.transfers.services.janitor import transfers_resolve
from casino.transfers.services.sweeps import visits_sweep
from common.clock import utc_now


@shared_task
def resolve_transfers() -> None:
    """Finish what was left half-way, by asking the providers."""
    transfers_resolve(now=utc_now())


@shared_task
def sweep_transfers() -> None:
    """Fetch money that may not stay where it is."""
    visits_sweep(now=utc_now())
