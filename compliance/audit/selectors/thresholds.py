"""From which size an event is significant, at a moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from compliance.audit.enums import ThresholdKind
from compliance.audit.models import Threshold


def thresholds_at(now: datetime) -> dict[ThresholdKind, Decimal]:
    """The value in force of each kind; a kind that was never set is missing, and nothing is significant by it."""
    rows = Threshold.objects.filter(valid_from__lte=now).order_by("kind", "-valid_from").distinct("kind")
    return {ThresholdKind(row.kind): row.value for row in rows}
