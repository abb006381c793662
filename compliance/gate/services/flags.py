"""Blocks of single touchpoints and risk flags: placed at once, lifted with a second person (compliance/approvals)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.errors import FlagEndedAlready, FlagEndsBeforeStart
from compliance.gate.models import Flag


@transaction.atomic
def flag_place(
    *, player_id: int, kind: FlagKind, ends_at: datetime | None, reason: str, actor: str, now: datetime
) -> Flag:
    """Close what `kind` closes for the player, from now until `ends_at` or until lifted. Raises FlagEndsBeforeStart."""
    if ends_at is not None and ends_at <= now:
        raise FlagEndsBeforeStart
    flag = Flag.objects.create(
        player_id=player_id, kind=kind, starts_at=now, ends_at=ends_at, reason=reason, placed_by=actor
    )
    _told(EventName.FLAG_PLACED, flag, actor, now, reason, after={"kind": kind.value, "ends_at": ends_at})
    return flag


@transaction.atomic
def flag_lift(*, flag_id: int, reason: str, actor: str, now: datetime, approval: str = "") -> Flag:
    """End a flag now; `approval` is the reference of the second person's. Raises FlagEndedAlready."""
    flag = Flag.objects.select_for_update().get(pk=flag_id)
    if flag.lifted_by or (flag.ends_at is not None and flag.ends_at <= now):
        raise FlagEndedAlready
    before = flag.ends_at
    flag.ends_at = max(now, flag.starts_at)
    flag.lifted_by, flag.lift_reason = actor, reason[:500]
    flag.save(update_fields=["ends_at", "lifted_by", "lift_reason"])
    _told(
        EventName.FLAG_LIFTED, flag, actor, now, reason, before={"ends_at": before}, after={"ends_at": flag.ends_at},
        approval=approval,
    )  # fmt: skip
    return flag


def _told(
    name: EventName,
    flag: Flag,
    actor: str,
    now: datetime,
    reason: str,
    *,
    after: dict[str, object],
    before: dict[str, object] | None = None,
    approval: str = "",
) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"gate.flag:{flag.pk}", reason=reason,
        brand_id=flag.player.brand_id, player_id=flag.player_id, before=before, after=after,
        approval=approval,
    )  # fmt: skip
