"""Whatever was left half-way is finished by asking the provider, again and again with growing pauses."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from casino.transfers.enums import LegState
from casino.transfers.errors import TransferNotConnected
from casino.transfers.selectors.visits import legs_due, visits_without_leg
from casino.transfers.services.journeys import leg_resolve, visit_bring_back

ACTOR: Final = "system:transfers"
log = structlog.get_logger()


def transfers_resolve(*, now: datetime, most: int = 50) -> int:
    """Ask about every leg that is due, and go on with ways back; returns how many were looked at.

    Safe to run twice and side by side. A provider that is not connected keeps its own waiting, not the others'.
    """
    looked = 0
    for leg_id, visit_id in list(legs_due(now).values_list("pk", "visit_id")[:most]):
        looked += 1
        try:
            leg = leg_resolve(leg_id=leg_id, actor=ACTOR, now=now)
            if leg.state in (LegState.CONFIRMED, LegState.FAILED):
                visit_bring_back(visit_id=visit_id, actor=ACTOR, now=now)
        except TransferNotConnected as problem:
            log.warning("transfers:provider:not_connected", leg=leg_id, provider=problem.details.get("provider"))
    for visit_id in list(visits_without_leg(now).values_list("pk", flat=True)[:most]):
        looked += 1
        try:
            visit_bring_back(visit_id=visit_id, actor=ACTOR, now=now)
        except TransferNotConnected as problem:
            log.warning("transfers:provider:not_connected", visit=visit_id, provider=problem.details.get("provider"))
    return looked
