"""Settlements' scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

import logging

from celery import shared_task

from casino.gateways.registry import adapter_codes
from casino.settlements.errors import FileUnreadable
from casino.settlements.services.breaks import SYSTEM
from casino.settlements.services.reconciliation import files_fetch, reconcile
from common.clock import utc_now

log = logging.getLogger(__name__)


@shared_task
def fetch_settlements() -> None:
    """Load what gateways have settled, and compare."""
    for gateway in adapter_codes():
        try:
            files_fetch(gateway=gateway, actor=SYSTEM, now=utc_now())
        except FileUnreadable as problem:
            log.error("settlement of %s not loaded: %s", gateway, problem)
    reconcile(now=utc_now())
