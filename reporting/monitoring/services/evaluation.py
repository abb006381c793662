"""The minute's work: count calls, take measures, freeze what is broken, judge alerts, tell who is on call."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from reporting.monitoring.models import Evaluation
from reporting.monitoring.selectors.rules import rules_in_force
from reporting.monitoring.selectors.wallet_watch import next_window
from reporting.monitoring.services.alerts import alerts_evaluate
from reporting.monitoring.services.call_minutes import calls_count, calls_forget
from reporting.monitoring.services.freezing import players_freeze
from reporting.monitoring.services.paging import pages_send
from reporting.monitoring.services.rules import rules_ensure
from reporting.monitoring.services.sampling import measures_take, samples_forget, samples_keep

LOCK: Final = 7206001


def house_evaluate(*, now: datetime) -> bool:
    """One evaluation; False when another one runs. What is broken is frozen even where a measure fails."""
    with transaction.atomic():
        if not _mine():
            return False
        began = time.monotonic()
        row = Evaluation.objects.get_or_create(pk=1)[0]
        rules_ensure()
        calls_count(counted_to=row.counted_to, now=now)
        reading, failed = measures_take(now=now)
        reading["measures_failed", ""] = Decimal(len(failed))
        players_freeze(now=now)
        row.checked_to = next_window(row.checked_to)
        samples_keep(reading=reading, now=now)
        alerts_evaluate(rules=rules_in_force(now), reading=reading, failed=failed, now=now)
        row.evaluated_at, row.counted_to, row.failed = now, now, failed
        row.took_ms = round((time.monotonic() - began) * 1000)
        row.save()
        if now.minute == 0:
            samples_forget(now=now)
            calls_forget(now=now)
    pages_send(now=now)
    return True


def _mine() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return row is not None and bool(row[0])
