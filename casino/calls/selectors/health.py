"""How the providers' calls went in the last minutes, as the call log tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

WINDOW: Final = timedelta(minutes=15)
NEWEST: Final = 20_000
_HEALTH: Final = """
    WITH newest AS MATERIALIZED (
        SELECT provider_code, status, error_class, total_us, received_at FROM calls_providercall
        WHERE received_at >= %(since)s AND received_at <= %(now)s ORDER BY received_at DESC LIMIT %(newest)s
    )
    SELECT provider_code, count(*), count(*) FILTER (WHERE error_class = 'retry' OR status >= 500),
           count(*) FILTER (WHERE error_class = 'final' AND status < 500),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY total_us) / 1000.0,
           percentile_disc(0.95) WITHIN GROUP (ORDER BY total_us) / 1000.0, max(received_at)
    FROM newest WHERE provider_code <> '' GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    """Calls of one provider: `failed` could not be decided (the caller repeats), `refused` were decided with a no.

    Latencies are milliseconds from the first byte read to the answer.
    """

    provider: str
    calls: int
    failed: int
    refused: int
    p50: float
    p95: float
    last_at: datetime

    @property
    def failed_share(self) -> float:
        """Percent of the calls that failed."""
        return 100 * self.failed / self.calls

    @property
    def refused_share(self) -> float:
        """Percent of the calls that were refused."""
        return 100 * self.refused / self.calls


def providers_health(*, now: datetime) -> list[ProviderHealth]:
    """Every provider that called in the last 15 minutes, of the newest 20,000 calls."""
    with connection.cursor() as cursor:
        cursor.execute(_HEALTH, {"since": now - WINDOW, "now": now, "newest": NEWEST})
        return [
            ProviderHealth(provider, calls, failed, refused, float(p50), float(p95), last_at)
            for provider, calls, failed, refused, p50, p95, last_at in cursor.fetchall()
        ]
