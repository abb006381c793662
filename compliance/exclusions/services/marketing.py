"""Who may be written to: exports for marketing are made here, without everybody who must be left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.exclusions.selectors.marketable import is_unasked, marketing_verdicts
from players.models import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingList:
    """The players who may be written to, and how many were left out. `unasked` need their register asked first."""

    player_ids: tuple[int, ...]
    left_out: int
    unasked: int


@transaction.atomic
def marketing_list(
    *, players: QuerySet[Player], purpose: str, actor: str, now: datetime, most: int = 100_000
) -> MarketingList:
    """Choose from `players` whom marketing may reach now; the export and whom it left out become an event.

    Left out: everybody of whom the gate says no (`Touchpoint.MARKETING`): excluded or on a break, restricted, flagged,
    blocked or closed, or living where the register must be asked first and was not within a day (SE-05, DK-06).
    Consents are the caller's matter.
    """
    asked_for = waiting = 0
    allowed: list[int] = []
    for player_id, verdict in marketing_verdicts(players, now=now):
        asked_for += 1
        waiting += is_unasked(verdict)
        if verdict.allowed:
            allowed.append(player_id)
    chosen = tuple(allowed[:most])
    audit_record(
        name=EventName.MARKETING_LISTED, actor=actor, now=now, subject="players.player:*", reason=purpose,
        after={"asked_for": asked_for, "chosen": len(chosen), "left_out": asked_for - len(chosen), "unasked": waiting},
    )  # fmt: skip
    return MarketingList(player_ids=chosen, left_out=asked_for - len(chosen), unasked=waiting)
