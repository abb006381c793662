"""The time line of an object: what was done to it, and every change of its row, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from compliance.audit.models import AuditEvent

TIMELINE_MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line. `event_id` leads to the event's page; 0 stands for a change of a row that no event tells of."""

    at: datetime
    title: str
    subject: str
    actor: str
    on_behalf_of: str = ""
    reason: str = ""
    outcome: str = "done"
    severity: str = "info"
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    event_id: int = 0


def timeline_of(
    *, subject: str, player_id: int | None = None, until: datetime | None = None, limit: int = 50
) -> list[Moment]:
    """What was recorded about `subject` ("players.player:12"), and about `player_id` wherever it stood; newest first.

    `until` leaves out what is later; at most TIMELINE_MOST moments.
    """
    about = Q(subject=subject) if player_id is None else Q(subject=subject) | Q(player_id=player_id)
    events = AuditEvent.objects.filter(about)
    if until is not None:
        events = events.filter(occurred_at__lte=until)
    return [_moment(event) for event in events.order_by("-id")[: min(limit, TIMELINE_MOST)]]


def _moment(event: AuditEvent) -> Moment:
    return Moment(
        at=event.occurred_at,
        title=event.name,
        subject=event.subject,
        actor=event.actor,
        on_behalf_of=event.on_behalf_of,
        reason=event.reason,
        outcome=event.outcome,
        severity=event.severity,
        before=event.before,
        after=event.after,
        event_id=event.pk,
    )
