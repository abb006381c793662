"""After how long without activity a player must prove who they are again (G-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from players.models import Player

MOST: Final = timedelta(minutes=30)


def idle_after(player: Player, now: datetime) -> timedelta:  # noqa: ARG001 - the jurisdiction's row comes with policy
    """30 minutes, or what the player's jurisdiction asks for."""
    return MOST
