"""Which gateways ended earlier deposits of a player: routing leaves them out for a while (casino.routing.registry)."""

from __future__ import annotations

from datetime import datetime

from casino.cashier.models import DepositTry
from casino.gateways.enums import Purpose
from casino.routing.types import Decline


def declines_since(player_id: int, purpose: Purpose, method: str, since: datetime) -> dict[str, Decline]:
    """By gateway the latest deposit by `method` that a stop code ended; soft declines are not told."""
    if purpose is not Purpose.DEPOSIT:
        return {}
    rows = DepositTry.objects.filter(
        deposit__player_id=player_id, deposit__method=method, stopped=True, answered_at__gte=since
    ).order_by("answered_at")
    return {row.gateway: Decline(code=row.code, at=row.answered_at) for row in rows if row.answered_at is not None}
