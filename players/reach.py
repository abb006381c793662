"""Players kept to the brands and jurisdictions of a grant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from common.scope import Scope, Scoping
from players.models import Player

BRANDS: Final = Scoping(brand="pk", jurisdiction="jurisdiction", indexed=True)
PLAYERS: Final = Scoping(brand="brand_id", jurisdiction="jurisdiction", indexed=True)


def players_within(player_ids: Iterable[int], scope: Scope) -> frozenset[int]:
    """Those of the players that lie within the scope."""
    wanted = list(player_ids)
    if scope.everything:
        return frozenset(wanted)
    return frozenset(PLAYERS.narrow(Player.objects.filter(pk__in=wanted), scope).values_list("pk", flat=True))
