"""How the call log is kept to brands: a call names its player by public id, without a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.scope import Scope
from players.models import Player
from players.reach import PLAYERS


@dataclass(frozen=True, slots=True)
class CallsOfPlayers:
    """Calls of players within reach. A call that names nobody we know is seen only without limits."""

    indexed: bool = True  # the list shows a day unless somebody chooses a time

    def narrow(self, rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
        """The calls that lie within the scope."""
        if scope.everything:
            return rows
        return rows.filter(player__in=PLAYERS.narrow(Player.objects.all(), scope).values("public_id"))
