"""What methods a player is offered, and on what terms."""

from __future__ import annotations

from datetime import datetime

from casino.gateways.enums import Purpose
from casino.routing.types import MethodOffer


def methods_for(player_id: int, purpose: Purpose, now: datetime, *, currency: str = "") -> tuple[MethodOffer, ...]:
    """Every method of the purpose in its order on screen, those that are not open with why.

    `currency` is the player's own where it is not named. Amounts are in that currency.
    """
    raise NotImplementedError
