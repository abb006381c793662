"""Taking every measure once a minute. One that fails is told by name, and hinders no other."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from reporting.monitoring.measures import MEASURES
from reporting.monitoring.measures.types import Measure, Value
from reporting.monitoring.models import Sample

KEPT: Final = timedelta(days=3)
MOST_SCOPES: Final = 500
log = logging.getLogger(__name__)
Reading = dict[tuple[str, str], Decimal]


def measures_take(*, now: datetime) -> tuple[Reading, list[str]]:
    """All measures as they stand now, by (code, scope), and the codes of those that could not be taken."""
    found: Reading = {}
    failed: list[str] = []
    for measure in MEASURES.values():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '20s'")
                for scope, value in list(_taken(measure, now))[:MOST_SCOPES]:
                    if value is not None:
                        found[measure.code, scope[:120]] = Decimal(str(value))
        except Exception:  # whatever stops one measure must not silence the others
            log.exception("The measure %s can not be taken", measure.code)
            failed.append(measure.code)
    return found, failed


def _taken(measure: Measure, now: datetime) -> Iterable[Value]:
    if callable(measure.ask):
        return measure.ask(now)
    with connection.cursor() as cursor:
        cursor.execute(measure.ask, {"now": now})
        rows: list[Value] = cursor.fetchall()
    return rows


def samples_keep(*, reading: Reading, now: datetime) -> None:
    """Write a minute's measures down; the same minute again replaces them."""
    minute = now.replace(second=0, microsecond=0)
    with transaction.atomic():
        Sample.objects.filter(minute=minute).delete()
        Sample.objects.bulk_create(
            [Sample(minute=minute, measure=code, scope=scope, value=value) for (code, scope), value in reading.items()]
        )


def samples_forget(*, now: datetime) -> None:
    """Samples older than three days go; alerts keep their worst value."""
    Sample.objects.filter(minute__lt=now - KEPT).delete()
