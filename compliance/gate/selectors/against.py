"""What was placed against a player, by dates: what stands, and when the next of it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Model, Q

from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.standing import ORDER
from compliance.gate.enums import FlagKind
from compliance.gate.facts import DatedFact
from compliance.gate.models import Flag
from compliance.models import Restriction
from compliance.selectors.restriction_in_force import PRECEDENCE

Found = tuple[tuple[DatedFact, ...], datetime | None]
Kind = tuple[type[Model], str, tuple[str, ...]]
# The table, the column in which it ends, and the order in which its kinds are told.
RESTRICTIONS: Final[Kind] = (Restriction, "ends_at", tuple(PRECEDENCE))
EXCLUSIONS: Final[Kind] = (Exclusion, "over_at", tuple(kind.value for kind in ORDER))
FLAGS: Final[Kind] = (Flag, "ends_at", tuple(FlagKind.values))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What stands against one player, each in the order in which it is told."""

    restrictions: tuple[DatedFact, ...] = ()
    exclusions: tuple[DatedFact, ...] = ()
    flags: tuple[DatedFact, ...] = ()


def placed_against(*, player_ids: Collection[int], now: datetime) -> dict[int, Placed]:
    """The same of many players at once, in three queries; players against whom nothing stands are not in it."""
    restrictions, exclusions, flags = (
        _of_many(kind, player_ids, now, now) for kind in (RESTRICTIONS, EXCLUSIONS, FLAGS)
    )
    return {
        pk: Placed(restrictions=restrictions[pk][0], exclusions=exclusions[pk][0], flags=flags[pk][0])
        for pk in {*restrictions, *exclusions, *flags}
    }


def restrictions_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Restrictions, in the order in which they are told."""
    return _of_many(RESTRICTIONS, [player_id], now, seen)[player_id]


def exclusions_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Exclusions, the weightiest first."""
    return _of_many(EXCLUSIONS, [player_id], now, seen)[player_id]


def flags_in_force(*, player_id: int, now: datetime, seen: datetime) -> Found:
    """Blocks and risk flags."""
    return _of_many(FLAGS, [player_id], now, seen)[player_id]


def _of_many(kind: Kind, player_ids: Collection[int], now: datetime, seen: datetime) -> defaultdict[int, Found]:
    """By player: the rows that stand, and when the first of those begins that are still to come.

    One query: what is over is left out. What begins until `seen` stands, what ends after `now` still does.
    """
    model, end, order = kind
    live = model._default_manager.filter(Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": now}))
    standing: defaultdict[int, list[DatedFact]] = defaultdict(list)
    later: dict[int, datetime] = {}
    rows = live.filter(player_id__in=player_ids).order_by("pk")
    for pk, player_id, name, starts_at, until in rows.values_list("pk", "player_id", "kind", "starts_at", end):
        if starts_at > seen:
            later[player_id] = min(starts_at, later.get(player_id, starts_at))
        else:
            source = f"{model._meta.label_lower}:{pk}"
            standing[player_id].append(DatedFact(kind=name, source=source, starts_at=starts_at, until=until))
    found: defaultdict[int, Found] = defaultdict(lambda: ((), None))
    for player_id in {*standing, *later}:
        facts = sorted(standing[player_id], key=lambda fact: order.index(fact.kind))
        found[player_id] = (tuple(facts), later.get(player_id))
    return found
