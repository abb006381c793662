"""Whether the house's own machinery keeps up: tasks, facts, seals, verification, exports, software."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any, Final

import redis
from django.conf import settings
from django.db import connection

from reporting.facts.selectors.state import facts_known_until
from reporting.monitoring.measures.types import Measure, Value
from reporting.monitoring.pulse import SENT_AT
from reporting.monitoring.selectors.verification import last_verification

QUEUE: Final = "celery"
_SEAL_AGE: Final = """
    SELECT '', coalesce(round(extract(epoch FROM %(now)s - min(t.booked_at)) / 60, 3), 0)
    FROM (SELECT coalesce(max(to_order), 0) AS sealed FROM wallet_seal) s
    LEFT JOIN LATERAL (
        SELECT booked_at FROM wallet_transaction WHERE commit_order >= s.sealed ORDER BY commit_order LIMIT 1
    ) t ON true
"""
_EXPORTS: Final = """
    SELECT '', count(*) FROM exports_export
    WHERE state = 'failed' AND requested_at > %(now)s - interval '24 hours'
"""
_CONNECTIONS: Final = """
    SELECT '', round(100.0 * count(*) / current_setting('max_connections')::int, 3) FROM pg_stat_activity
"""
_SOFTWARE: Final = """
    SELECT '', CASE WHEN whole THEN 0 ELSE 1 END FROM monitoring_softwarecheck ORDER BY id DESC LIMIT 1
"""
_INCIDENTS: Final = "SELECT scope, count(*) FROM monitoring_incident WHERE state = 'open' GROUP BY 1"


def _broker() -> Any:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def _queue_length(_now: datetime) -> list[Value]:
    return [("", int(_broker().llen(QUEUE)))]


def _queue_age(_now: datetime) -> list[Value]:
    """Seconds that the oldest task has waited; a task's header tells when it was sent (pulse.py)."""
    oldest = _broker().lindex(QUEUE, -1)
    if not oldest:
        return [("", 0)]
    sent = json.loads(oldest).get("headers", {}).get(SENT_AT)
    return [("", round(max(time.time() - float(sent), 0), 3))] if sent else []


def _facts_lag(now: datetime) -> list[Value]:
    return [("", round(max((now - facts_known_until()).total_seconds() / 60, 0), 3))]


def _verification_age(now: datetime) -> list[Value]:
    found = last_verification()
    return [] if found is None else [("", round((now - found.at).total_seconds() / 3600, 3))]


def _verification_broken(_now: datetime) -> list[Value]:
    found = last_verification()
    return [] if found is None else [("", 0 if found.trusted else 1)]


def _heard_from(_now: datetime) -> list[Value]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_run_at FROM django_celery_beat_periodictask WHERE last_run_at IS NOT NULL"
                       " ORDER BY last_run_at DESC LIMIT 1")  # fmt: skip
        row = cursor.fetchone()
    return [] if row is None else [("", round(max(time.time() - row[0].timestamp(), 0), 3))]


MEASURES: Final = (
    Measure("celery_waiting", "Tasks that wait for a worker", "tasks", _queue_length),
    Measure("celery_age_seconds", "Oldest task that waits for a worker", "s", _queue_age),
    Measure("beat_age_seconds", "Since the schedule last started something", "s", _heard_from),
    Measure("facts_lag_minutes", "Facts of reports behind the ledger", "min", _facts_lag),
    Measure("seal_age_minutes", "Oldest booking without a seal", "min", _SEAL_AGE),
    Measure("verification_age_hours", "Since the house was last verified", "h", _verification_age),
    Measure(
        "verification_broken",
        "The last verification found a break, or its signature does not hold",
        "",
        _verification_broken,
    ),
    Measure("exports_failed", "Exports that failed, 24 h", "exports", _EXPORTS),
    Measure("database_connections", "Connections of the database in use", "%", _CONNECTIONS),
    Measure("software_changed", "Installed files that are not as their package says", "", _SOFTWARE),
    # Set by the evaluation itself.
    Measure("measures_failed", "Measures that could not be taken", "measures", lambda _now: []),
    Measure("incidents_open", "Frozen for a broken promise", "incidents", _INCIDENTS, "scope"),
)
