"""What /metrics answers: totals of calls, the last minute's measures, the house's own age."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from reporting.monitoring.enums import LIVE
from reporting.monitoring.exposition import Line, exposed, gauges
from reporting.monitoring.measures.calls import BOUNDS_MS
from reporting.monitoring.models import Alert, CallTotal, Evaluation, Sample

# Older samples are not the present: they are left out, and `absent()` fires.
STALE: Final = timedelta(minutes=5)


def metrics_text(*, now: datetime) -> str:
    """The whole exposition, in a handful of indexed reads."""
    totals = list(CallTotal.objects.order_by("provider", "call", "result"))
    last = Evaluation.objects.filter(pk=1).first()
    counted: list[Line] = [
        ({"provider": row.provider, "endpoint": row.call, "result": row.result}, row.calls) for row in totals
    ]
    firing: dict[str, int] = {"p1": 0, "p2": 0, "p3": 0}
    for severity in Alert.objects.filter(state__in=LIVE).values_list("severity", flat=True):
        firing[severity] += 1
    parts = [
        exposed("wallet_calls_total", "counter", "Calls of providers.", counted),
        exposed("wallet_call_seconds", "histogram", "How long calls of providers took.", _histogram(totals)),
        exposed(
            "alerts_live", "gauge", "Alerts that are not resolved.", [({"severity": s}, n) for s, n in firing.items()]
        ),
    ]
    if last is not None and last.evaluated_at is not None:
        age = max((now - last.evaluated_at).total_seconds(), 0.0)
        parts.append(exposed("evaluation_age_seconds", "gauge", "Since measures were last taken.", [({}, age)]))
        newest = (
            Sample.objects.filter(minute__gte=now - STALE).order_by("-minute").values_list("minute", flat=True).first()
        )
        if newest is not None:
            rows = Sample.objects.filter(minute=newest).order_by("measure", "scope")
            parts.append(gauges(rows.values_list("measure", "scope", "value")))
    return "".join(parts)


def _histogram(totals: list[CallTotal]) -> list[Line]:
    lines: list[Line] = []
    for row in totals:
        labels = {"provider": row.provider, "endpoint": row.call, "result": row.result}
        lines += [
            ({"": "_bucket", **labels, "le": f"{bound / 1000:g}"}, int(getattr(row, f"le_{bound}")))
            for bound in BOUNDS_MS
        ]
        lines.append(({"": "_bucket", **labels, "le": "+Inf"}, row.calls))
        lines.append(({"": "_sum", **labels}, row.total_us / 1_000_000))
        lines.append(({"": "_count", **labels}, row.calls))
    return lines
