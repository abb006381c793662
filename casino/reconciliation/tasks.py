"""Reconciliation's scheduled work (config/schedule.py). Each may run twice, and be killed, without harm."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import transaction

from casino.reconciliation.enums import LineKind, StatementState
from casino.reconciliation.errors import StatementKnown
from casino.reconciliation.locks import provider_lock
from casino.reconciliation.models import Line, RoundResult, Statement, StatementSource
from casino.reconciliation.services.fetching import day_before, folder_take, statement_fetch
from casino.reconciliation.services.matching import breaks_heal
from casino.reconciliation.services.reading import statement_read
from casino.reconciliation.services.rounds import rounds_work_off
from common.clock import utc_now
from common.errors import Refusal

log = logging.getLogger(__name__)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def read_statement(*, statement_id: int) -> None:
    """Read and match one statement, and work off the rounds that it tells."""
    statement_read(statement_id=statement_id, now=utc_now())
    rounds_work_off(statement_id=statement_id, now=utc_now())


@shared_task
def read_statements() -> None:
    """Go on with what was received or begun and never ended: a worker may have been killed."""
    waiting = Statement.objects.filter(state=StatementState.RECEIVED).order_by("received_at")
    for key in list(waiting.values_list("pk", flat=True)):
        read_statement(statement_id=key)
    begun = Statement.objects.filter(state=StatementState.MATCHED).order_by("-pk").values_list("pk", flat=True)[:50]
    for key in begun:
        told = Line.objects.filter(statement_id=key, kind=LineKind.ROUND)
        if told.exists() and told.exclude(pk__in=RoundResult.objects.filter(statement_id=key).values("line")).exists():
            rounds_work_off(statement_id=key, now=utc_now())


@shared_task
def fetch_statements() -> None:
    """Fetch the last day of every provider, take what lies in the folders, read it all, and see what came right."""
    for source in StatementSource.objects.filter(enabled=True).select_related("provider"):
        now = utc_now()
        try:
            if source.address:
                statement_fetch(source=source, day=day_before(source, now), now=now)
        except StatementKnown:
            pass
        except Refusal as problem:
            log.error("statement of %s not fetched: %s %s", source.provider.code, problem, problem.details)
        folder_take(source=source, now=now)
    read_statements()
    for provider_id in StatementSource.objects.filter(enabled=True).values_list("provider_id", flat=True):
        with transaction.atomic():
            provider_lock(provider_id)
            breaks_heal(provider_id=provider_id, now=utc_now())
