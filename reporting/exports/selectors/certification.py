"""Whether anything may be certified now: the daily proof of ledger and trail held, and none failed since (AUD-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from reporting.monitoring.selectors.verification import last_verification

FRESH: Final = timedelta(hours=26)  # a day, and the time a verification takes


@dataclass(frozen=True, slots=True)
class Proved:
    """The event of the trail that says so."""

    event: int
    at: datetime


def books_proved(now: datetime) -> Proved | None:
    """The proof that certified exports rest on; None when the last one is too old, or one has failed since.

    The signed verification of the whole house, where there was one, must hold as well (reporting.monitoring).
    """
    house = last_verification()
    if house is not None and not house.trusted:
        return None
    events = AuditEvent.objects.filter(name__in=[EventName.LEDGER_VERIFIED, EventName.LEDGER_BROKEN]).order_by("-pk")
    for event in events[:50]:
        if event.name == EventName.LEDGER_BROKEN:
            return None
        # A proof of the newest part only leaves the rest to an older one.
        if "since_seal" not in (event.after or {}):
            return Proved(event.pk, event.recorded_at) if event.recorded_at > now - FRESH else None
    return None
