"""When the books were last proved, as the audit trail tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName


@dataclass(frozen=True, slots=True)
class Verified:
    """The last proof, and whether every promise held."""

    at: datetime
    sound: bool


def last_verified() -> Verified | None:
    """The newest verification of the ledger; None when the trail tells of none."""
    names = (EventName.LEDGER_VERIFIED.value, EventName.LEDGER_BROKEN.value)
    found = [AuditEvent.objects.filter(name=name).order_by("-id").first() for name in names]
    events = [event for event in found if event is not None]
    if not events:
        return None
    last = max(events, key=lambda event: event.pk)
    return Verified(last.occurred_at, last.name == EventName.LEDGER_VERIFIED.value)
