"""The restriction that the gate tells."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from compliance.enums import RestrictionKind
from compliance.models import Restriction

# The order in which reasons are told when several apply; play_situation (SQL) uses the same.
PRECEDENCE: Final = tuple(RestrictionKind.values)


def restriction_in_force(*, player_id: int, now: datetime) -> str | None:
    """The kind of the restriction that is told first, or None."""
    live = Restriction.objects.filter(player_id=player_id, starts_at__lte=now).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    kinds = set(live.values_list("kind", flat=True))
    return next((kind for kind in PRECEDENCE if kind in kinds), None)
