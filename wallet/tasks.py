"""The wallet's scheduled work (config/settings.py, CELERY_BEAT_SCHEDULE). Each may run twice without harm."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from celery import Task, shared_task
from django.conf import settings

from common.clock import utc_now
from wallet.ecb import RatesFileError
from wallet.ecb_download import rates_download
from wallet.sealing.keys import SealKeyError, seal_key_load
from wallet.services.fx_rates import fx_rates_load
from wallet.services.seals import SealerBusy, SealingRefused, seal_next

log = logging.getLogger(__name__)
MOST_BLOCKS = 20  # a task ends before the next is due many times over; a long backlog is for `manage.py seal_ledger`


@shared_task(bind=True, max_retries=6)
def load_fx_rates(self: Task[Any, None]) -> None:
    """Fetch the day's rates from FX_SOURCE_URL; tries again after 1, 2, 4 … minutes when they can not be had."""
    try:
        loaded = fx_rates_load(data=rates_download(settings.FX_SOURCE_URL), now=utc_now(), actor="system:load_fx_rates")
    except RatesFileError as error:
        log.warning("Exchange rates not loaded: %s", error)
        raise self.retry(exc=error, countdown=60 * 2**self.request.retries) from error
    log.info("Exchange rates of %s: %d added, %d revised", loaded.days[-1], loaded.added, len(loaded.revised))


@shared_task
def seal_ledger() -> None:
    """Seal what is settled. What it can not do now stays and is sealed by a later run."""
    try:
        key = seal_key_load(Path(settings.SEAL_KEY_FILE))
        for _block in range(MOST_BLOCKS):
            if seal_next(key=key, now=utc_now()) is None:
                return
    except SealerBusy:
        return
    except (SealKeyError, SealingRefused) as error:
        log.error("The ledger is not being sealed: %s", error)
