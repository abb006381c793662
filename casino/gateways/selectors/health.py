"""How gateways are: what came last, how calls end and how long they take, what waits for answers or for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Q

from casino.gateways.breaker import BreakerState, breaker_view
from casino.gateways.credentials import gateway_configured
from casino.gateways.enums import FLAGGED, Outcome, Verdict
from casino.gateways.models import GatewayMessage
from casino.gateways.registry import open_payments

WINDOW: Final = timedelta(hours=24)
LATE: Final = timedelta(minutes=1)  # a message that waits longer has failed, or nobody works
_CALLS: Final = """
    SELECT count(*), count(*) FILTER (WHERE standing NOT IN ('unknown', '')),
           percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FILTER (WHERE ms IS NOT NULL)
    FROM gateways_gatewaycall WHERE gateway = %s AND called_at >= %s AND sent AND what <> 'ask'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One gateway over the last day. `unknown_since` is when the oldest payment of unknown outcome was sent."""

    configured: bool
    breaker: BreakerState
    breaker_known: bool
    last_message: datetime | None
    waiting: int
    late: int
    flagged: int
    forged: int
    calls: int
    answered: int
    p95_ms: float | None
    unknown: int
    unknown_since: datetime | None

    @property
    def success(self) -> float | None:
        """The share of calls that were answered; None without calls."""
        return self.answered / self.calls if self.calls else None


def gateway_health(code: str, now: datetime) -> Health:
    """How a gateway is at the moment."""
    messages = GatewayMessage.objects.filter(gateway=code)
    waiting = messages.filter(outcome=Outcome.WAITING)
    last = messages.filter(verdict=Verdict.VALID).order_by("-received_at").values_list("received_at", flat=True).first()
    forged = messages.filter(~Q(verdict=Verdict.VALID), received_at__gte=now - WINDOW)
    calls, answered, p95 = _calls(code, now)
    since = [payment.since for payment in open_payments(now) if payment.gateway == code]
    breaker = breaker_view(code)
    return Health(
        configured=gateway_configured(code), breaker=breaker.state, breaker_known=breaker.shared, last_message=last,
        waiting=waiting.count(), late=waiting.filter(received_at__lt=now - LATE).count(),
        flagged=messages.filter(outcome__in=FLAGGED).count(), forged=forged.count(), calls=calls, answered=answered,
        p95_ms=p95, unknown=len(since), unknown_since=min(since, default=None),
    )  # fmt: skip


def _calls(code: str, now: datetime) -> tuple[int, int, float | None]:
    with connection.cursor() as cursor:
        cursor.execute(_CALLS, [code, now - WINDOW])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), None if row[2] is None else float(row[2])
