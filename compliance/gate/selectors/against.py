"""What was placed against a player, by dates: what stands, and when the next of it begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.standing import ORDER
from compliance.gate.enums import FlagKind
from compliance.gate.facts import DatedFact
from compliance.gate.models import Flag
from compliance.models import Restriction
from compliance.selectors.restriction_in_force import PRECEDENCE

Found = tuple[tuple[DatedFact, ...], datetime | None]
# Against most players nothing was placed that is not over: one look instead of three.
_ANYTHING: Final = """
    SELECT EXISTS (SELECT 1 FROM compliance_restriction WHERE player_id = %(player)s
                       AND (ends_at IS NULL OR ends_at > %(now)s))
        OR EXISTS (SELECT 1 FROM exclusions_exclusion WHERE player_id = %(player)s
                       AND (over_at IS NULL OR over_at > %(now)s))
        OR EXISTS (SELECT 1 FROM gate_flag WHERE player_id = %(player)s AND (ends_at IS NULL OR ends_at > %(now)s))
"""


def anything_against(*, player_id: int, now: datetime) -> bool:
    """Whether any restriction, exclusion or flag of the player is not over, in force or to come."""
    with connection.cursor() as cursor:
        cursor.execute(_ANYTHING, {"player": player_id, "now": now})
        row = cursor.fetchone()
    return row is None or bool(row[0])


def restrictions_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Restrictions, in the order in which they are told."""
    facts, later = _dated(Restriction.objects.filter(player_id=player_id), "ends_at", now, seen)
    return _sorted(facts, PRECEDENCE), later


def exclusions_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Exclusions, the weightiest first."""
    facts, later = _dated(Exclusion.objects.filter(player_id=player_id), "over_at", now, seen)
    return _sorted(facts, [kind.value for kind in ORDER]), later


def flags_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Blocks and risk flags."""
    facts, later = _dated(Flag.objects.filter(player_id=player_id), "ends_at", now, seen)
    return _sorted(facts, FlagKind.values), later


def _sorted(facts: Iterable[DatedFact], order: Iterable[str]) -> tuple[DatedFact, ...]:
    places = {kind: place for place, kind in enumerate(order)}
    return tuple(sorted(facts, key=lambda fact: places[fact.kind]))


def _dated(rows: QuerySet[Any], end: str, now: datetime, seen: datetime) -> tuple[list[DatedFact], datetime | None]:
    """The rows that stand, and when the first of those begins that are still to come.

    One query: what is over is left out. What begins until `seen` stands, what ends after `now` still does.
    """
    live = rows.filter(Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": now})).order_by("pk")
    name = rows.model._meta.label_lower
    standing: list[DatedFact] = []
    later: list[datetime] = []
    for row in live:
        if row.starts_at > seen:
            later.append(row.starts_at)
            continue
        standing.append(
            DatedFact(kind=row.kind, source=f"{name}:{row.pk}", starts_at=row.starts_at, until=getattr(row, end))
        )
    return standing, min(later, default=None)
