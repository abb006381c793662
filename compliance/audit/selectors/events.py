"""Reading the trail for those who decide by it."""

from __future__ import annotations

from datetime import datetime

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName


def newest_event(name: EventName) -> datetime | None:
    """When an event of this name happened last, or None."""
    return AuditEvent.objects.filter(name=name).order_by("-id").values_list("occurred_at", flat=True).first()
