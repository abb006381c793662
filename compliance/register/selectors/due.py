"""Which players' answers are about to be too old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from compliance.register.models import RegisterStanding
from compliance.register.selectors.standing import register_required
from players.models import Player

BEFOREHAND: Final = timedelta(hours=4)


def register_due(player_ids: Iterable[int], *, now: datetime, most: int = 500) -> list[int]:
    """Of these players, whom their jurisdiction's register must be asked about anew, oldest answers first."""
    rows = Player.objects.filter(pk__in=list(player_ids)).values_list("pk", "jurisdiction")
    asking = {pk for pk, jurisdiction in rows if register_required(jurisdiction=jurisdiction, now=now)}
    good = RegisterStanding.objects.filter(player_id__in=asking, valid_until__gt=now + BEFOREHAND)
    fresh = set(good.values_list("player_id", flat=True))
    asked = dict(RegisterStanding.objects.filter(player_id__in=asking).values_list("player_id", "asked_at"))
    return sorted(asking - fresh, key=lambda pk: (pk in asked, asked.get(pk, now), pk))[:most]
