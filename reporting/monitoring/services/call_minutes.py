"""Counting providers' calls by minute, out of the call log: the hot path does nothing for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from reporting.monitoring.measures.calls import BOUNDS_MS

# Calls are shipped within a second; one that comes later than this is missing from the counts, and in the log.
LATE: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=15)
_BUCKETS: Final = tuple(f"le_{bound}" for bound in BOUNDS_MS)
_FIGURES: Final = ("calls", "total_us", *_BUCKETS)
_RESULT: Final = """
    CASE WHEN signature <> 'valid' AND status IN (401, 403, 429) THEN 'unsigned'
         WHEN error_class = 'retry' OR status >= 500 THEN 'failed'
         WHEN replayed THEN 'replayed' WHEN error_class = 'final' OR status >= 400 THEN 'refused' ELSE 'ok' END
"""
# A label is what the contract names or nothing: a stranger who invents paths and codes makes no series of their own.
_COUNT: Final = f"""
    WITH fresh AS (
        SELECT date_trunc('minute', received_at) AS minute, coalesce(p.code, '') AS provider, c.call,
               {_RESULT} AS result,
               count(*) AS calls, sum(total_us) AS total_us,
               {", ".join(f"count(*) FILTER (WHERE total_us <= {ms * 1000}) AS le_{ms}" for ms in BOUNDS_MS)}
        FROM calls_providercall c LEFT JOIN games_provider p ON p.code = c.provider_code
        WHERE received_at >= %(since)s AND received_at < %(until)s GROUP BY 1, 2, 3, 4
    ), more AS (
        SELECT f.minute, f.provider, f.call, f.result,
               {", ".join(f"greatest(f.{name} - coalesce(o.{name}, 0), 0) AS {name}" for name in _FIGURES)}
        FROM fresh f LEFT JOIN monitoring_callminute o USING (minute, provider, call, result)
    ), totals AS (
        INSERT INTO monitoring_calltotal AS t (provider, call, result, {", ".join(_FIGURES)})
        SELECT provider, call, result, {", ".join(f"sum({name})" for name in _FIGURES)} FROM more
        GROUP BY 1, 2, 3 HAVING sum(calls) > 0
        ON CONFLICT (provider, call, result)
        DO UPDATE SET {", ".join(f"{name} = t.{name} + excluded.{name}" for name in _FIGURES)}
    )
    INSERT INTO monitoring_callminute AS m (minute, provider, call, result, {", ".join(_FIGURES)})
    SELECT minute, provider, call, result, {", ".join(_FIGURES)} FROM more WHERE calls > 0
    ON CONFLICT (minute, provider, call, result)
    DO UPDATE SET {", ".join(f"{name} = m.{name} + excluded.{name}" for name in _FIGURES)}
"""  # noqa: S608 - names of our own columns


@transaction.atomic
def calls_count(*, counted_to: datetime | None, now: datetime) -> None:
    """Add what came since `counted_to`, and what came late before it. The caller holds the evaluation's lock."""
    since = max((counted_to or now) - LATE, now - timedelta(days=1)).replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"since": since, "until": now})


def calls_forget(*, now: datetime) -> None:
    """Minutes older than 15 days go; the totals keep their sums."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitoring_callminute WHERE minute < %s", [now - KEPT])
