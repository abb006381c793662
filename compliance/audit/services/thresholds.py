"""Setting from which size an event is significant. Rows are never edited: what counted when stays known."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from common.money import ZERO
from compliance.audit.enums import ThresholdKind
from compliance.audit.errors import ThresholdNotPositive
from compliance.audit.models import Threshold
from compliance.audit.names import EventName
from compliance.audit.selectors.thresholds import thresholds_at
from compliance.audit.services.events import audit_record


@transaction.atomic
def threshold_set(*, kind: ThresholdKind, value: Decimal, reason: str, actor: str, now: datetime) -> Threshold:
    """Put `value` (base currency, or a number of sign-ins) in force from now on. Raises ThresholdNotPositive."""
    if not value.is_finite() or value <= ZERO:
        raise ThresholdNotPositive
    before = thresholds_at(now).get(kind)
    made = Threshold.objects.create(kind=kind, value=value, valid_from=now, set_by=actor, reason=reason)
    audit_record(
        name=EventName.THRESHOLD_SET, actor=actor, now=now, subject=f"audit.threshold:{made.pk}", reason=reason,
        before={"kind": kind, "value": before}, after={"kind": kind, "value": value},
    )  # fmt: skip
    return made
