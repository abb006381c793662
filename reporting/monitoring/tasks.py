"""Monitoring's scheduled work (config/schedule.py). Each may run twice without harm."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from common.clock import utc_now
from reporting.monitoring.services.evaluation import house_evaluate
from reporting.monitoring.services.house_proofs import house_prove
from reporting.monitoring.services.software import software_check
from wallet.sealing.keys import SealKeyError

log = logging.getLogger(__name__)


@shared_task
def evaluate_alerts() -> None:
    """Take the minute's measures, and judge every alert by them."""
    house_evaluate(now=utc_now())


@shared_task
def prove_house() -> None:
    """Verify the whole house once a day; the signed result decides whether exports may be certified (AUD-07)."""
    try:
        proof = house_prove(now=utc_now())
    except SealKeyError as error:
        log.error("The house is not being verified: %s", error)
        return
    if not proof.sound:
        log.error("The house is broken: %s", proof.broken)


@shared_task
def check_software() -> None:
    """Compare what is installed with what was (R-22)."""
    check = software_check(now=utc_now())
    if check.changes:
        log.warning("Software changed: %d parts", len(check.changes))


@worker_ready.connect(weak=False, dispatch_uid="monitoring_check_software")
def _at_start(**_more: Any) -> None:
    check_software.apply_async(countdown=30)  # reading every file must not slow the start
