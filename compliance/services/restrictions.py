"""Placing and lifting restrictions. Rows are never deleted: lifting dates their end."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from compliance.enums import RestrictionKind
from compliance.errors import RestrictionEndedAlready, RestrictionEndsBeforeStart, RestrictionStands
from compliance.models import Restriction

# What a player chose for protection; nobody ends it early (docs of the regulators, domain page 4.6 and 4.7).
CHOSEN_BY_THE_PLAYER = {RestrictionKind.SELF_EXCLUDED, RestrictionKind.TIME_OUT_ACTIVE}
log = structlog.get_logger()


def restriction_place(
    *, player_id: int, kind: RestrictionKind, starts_at: datetime, ends_at: datetime | None, reason: str, actor: str
) -> Restriction:
    """Stop a player's bets from `starts_at` until `ends_at`, or until lifted. Raises RestrictionEndsBeforeStart."""
    if ends_at is not None and ends_at < starts_at:
        raise RestrictionEndsBeforeStart
    restriction = Restriction.objects.create(
        player_id=player_id, kind=kind, starts_at=starts_at, ends_at=ends_at, reason=reason, placed_by=actor
    )
    log.info("compliance:restriction:placed", player_id=player_id, kind=kind.value, actor=actor)
    return restriction


@transaction.atomic
def restriction_lift(*, restriction_id: int, reason: str, actor: str, now: datetime) -> Restriction:
    """End a restriction now and add to its reason who lifted it and why.

    Raises RestrictionEndedAlready, and RestrictionStands for what the player chose.
    """
    restriction = Restriction.objects.select_for_update().get(pk=restriction_id)
    if restriction.ends_at is not None and restriction.ends_at <= now:
        raise RestrictionEndedAlready
    if restriction.kind in CHOSEN_BY_THE_PLAYER:
        raise RestrictionStands
    restriction.ends_at = max(now, restriction.starts_at)
    restriction.reason = f"{restriction.reason} | Lifted by {actor}: {reason}"[:500]
    restriction.save(update_fields=["ends_at", "reason"])
    log.info("compliance:restriction:lifted", player_id=restriction.player_id, kind=restriction.kind, actor=actor)
    return restriction
