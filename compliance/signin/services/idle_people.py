"""Names that nobody uses are switched off (SEC-07)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models.functions import Coalesce

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.staff.errors import LastAdministrator, PersonSwitchedOff
from compliance.staff.models import StaffUser
from compliance.staff.services.people import staff_deactivate

UNUSED: Final = timedelta(days=90)
ACTOR: Final = "system:idle"


def idle_people_switch_off(*, now: datetime) -> tuple[str, ...]:
    """Switch off everybody who neither signed in, nor came, nor was switched on within 90 days; returns their names.

    The last administrator stays: somebody must be able to switch the others on.
    """
    since = now - UNUSED
    unused = (
        StaffUser.objects.filter(is_active=True, is_staff=True)
        .annotate(seen=Coalesce("last_login", "date_joined"))
        .filter(seen__lt=since)
    )
    names = []
    for person in unused.order_by("pk"):
        switched_on = AuditEvent.objects.filter(
            name=EventName.MEMBER_SWITCHED_ON, subject=f"staff.staffuser:{person.pk}", occurred_at__gte=since
        )
        if switched_on.exists():
            continue
        try:
            staff_deactivate(staff_id=person.pk, actor=ACTOR, reason="no sign-in for 90 days", now=now)
        except (LastAdministrator, PersonSwitchedOff):
            continue
        names.append(person.username)
    return tuple(names)
