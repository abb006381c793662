"""Which events a person with limited grants sees: those of players and brands within reach, none of the house."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from common.scope import Row, Scope, ScopePart, Scoping
from players.models import Brand, Player


class EventsInReach(Scoping):
    """By the event's player where it names one, otherwise by its brand."""

    def narrow(self, rows: QuerySet[Row], scope: Scope) -> QuerySet[Row]:
        """The events that lie within the scope."""
        if scope.everything:
            return rows
        return rows.filter(reduce(or_, map(_within, scope.parts))) if scope.parts else rows.none()


def _within(part: ScopePart) -> Q:
    players, brands = Player.objects.all(), Brand.objects.all()
    if part.brands is not None:
        players, brands = players.filter(brand_id__in=part.brands), brands.filter(pk__in=part.brands)
    if part.jurisdictions is not None:
        players = players.filter(jurisdiction__in=part.jurisdictions)
        brands = brands.filter(jurisdiction__in=part.jurisdictions)
    of_players: dict[str, Any] = {"player_id__in": players.values("pk")}
    return Q(**of_players) | Q(player_id__isnull=True, brand_id__in=brands.values("pk"))
