"""The time line of an object: what was done to it, and every change of its rows, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from compliance.audit.models import AuditEvent
from compliance.audit.selectors.history import RowChange, row_changes

TIMELINE_MOST: Final = 500
UNTOLD: Final = "unknown"


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
    approval: str = ""


def timeline_of(
    *, subject: str, player_id: int | None = None, until: datetime | None = None, limit: int = 50
) -> list[Moment]:
    """What was recorded about `subject` ("players.player:12"), and about `player_id` wherever it stood; newest first.

    A change of a row that an event of the same database transaction tells of is no line of its own: what is left are
    changes past the services. `until` leaves out what is later; at most TIMELINE_MOST moments.
    """
    most = min(limit, TIMELINE_MOST)
    events = _newest(AuditEvent.objects.filter(subject=subject), until, most)
    if player_id is not None:
        events |= _newest(AuditEvent.objects.filter(player_id=player_id), until, most)
    moments = {number: _moment(event) for number, event in events.items()}
    told = {(event.commit_order, event.subject): number for number, event in sorted(events.items(), reverse=True)}
    untold: list[Moment] = []
    for change in row_changes(subject=subject, until=until, limit=most):
        number = told.get((change.commit_order, change.row)) or told.get((change.commit_order, subject))
        if number is None:
            untold.append(_untold(change, subject))
        elif moments[number].before is None and moments[number].after is None:
            moments[number] = replace(moments[number], before=change.before, after=change.after)
    lines = sorted([*moments.values(), *untold], key=lambda moment: (moment.at, moment.event_id), reverse=True)
    return lines[:most]


def _newest(rows: QuerySet[AuditEvent], until: datetime | None, most: int) -> dict[int, AuditEvent]:
    if until is not None:
        rows = rows.filter(occurred_at__lte=until)
    return {event.pk: event for event in rows.order_by("-id")[:most]}


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
        approval=event.approval,
    )


def _untold(change: RowChange, subject: str) -> Moment:
    return Moment(
        at=change.at,
        title=change.title,
        subject=subject,
        actor=str(change.context.get("actor") or UNTOLD),
        before=change.before,
        after=change.after,
    )
