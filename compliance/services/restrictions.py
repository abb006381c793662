"""Placing and lifting restrictions. Rows are never deleted: lifting dates their end."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.enums import RestrictionKind
from compliance.errors import RestrictionEndedAlready, RestrictionEndsBeforeStart, RestrictionStands
from compliance.models import Restriction

# What a player chose for protection; nobody ends it early (docs of the regulators, domain page 4.6 and 4.7).
CHOSEN_BY_THE_PLAYER = {RestrictionKind.SELF_EXCLUDED, RestrictionKind.TIME_OUT_ACTIVE}
log = structlog.get_logger()


@transaction.atomic
def restriction_place(
    *,
    player_id: int,
    kind: RestrictionKind,
    starts_at: datetime,
    ends_at: datetime | None,
    reason: str,
    actor: str,
    now: datetime,
) -> Restriction:
    """Stop a player's bets from `starts_at` until `ends_at`, or until lifted. Raises RestrictionEndsBeforeStart."""
    if ends_at is not None and ends_at < starts_at:
        raise RestrictionEndsBeforeStart
    restriction = Restriction.objects.create(
        player_id=player_id, kind=kind, starts_at=starts_at, ends_at=ends_at, reason=reason, placed_by=actor
    )
    _record(EventName.RESTRICTION_PLACED, restriction, actor, now, reason)
    log.info("compliance:restriction:placed", player_id=player_id, kind=kind.value, actor=actor)
    return restriction


@transaction.atomic
def restriction_lift(*, restriction_id: int, reason: str, actor: str, now: datetime, approval: str = "") -> Restriction:
    """End a restriction now and add to its reason who lifted it and why; `approval` is the second person's reference.

    Raises RestrictionEndedAlready, and RestrictionStands for what the player chose.
    """
    restriction = Restriction.objects.select_for_update().get(pk=restriction_id)
    if restriction.ends_at is not None and restriction.ends_at <= now:
        raise RestrictionEndedAlready
    if restriction.kind in CHOSEN_BY_THE_PLAYER:
        raise RestrictionStands
    before = restriction.ends_at
    restriction.ends_at = max(now, restriction.starts_at)
    agreed = f" ({approval})" if approval else ""
    restriction.reason = f"{restriction.reason} | Lifted by {actor}{agreed}: {reason}"[:500]
    restriction.save(update_fields=["ends_at", "reason"])
    _record(
        EventName.RESTRICTION_LIFTED, restriction, actor, now, reason, before={"ends_at": before}, approval=approval
    )
    log.info("compliance:restriction:lifted", player_id=restriction.player_id, kind=restriction.kind, actor=actor)
    return restriction


def _record(
    name: EventName,
    restriction: Restriction,
    actor: str,
    now: datetime,
    reason: str,
    before: dict[str, datetime | None] | None = None,
    approval: str = "",
) -> None:
    after: dict[str, object] = {"ends_at": restriction.ends_at}
    if before is None:
        after |= {"kind": restriction.kind, "starts_at": restriction.starts_at}
    audit_record(
        name=name, actor=actor, now=now, subject=f"compliance.restriction:{restriction.pk}", reason=reason,
        brand_id=restriction.player.brand_id, player_id=restriction.player_id, before=before, after=after,
        approval=approval,
    )  # fmt: skip
