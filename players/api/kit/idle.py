"""After how long without activity a player must prove who they are again (G-14), by the jurisdiction's policy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player

UNLIMITED: Final = timedelta(days=30)


def idle_after(player: Player, now: datetime) -> timedelta:
    """What the jurisdiction asks for; a full sign-in is due after 30 days anyway."""
    after = policy_of(jurisdiction=player.jurisdiction, now=now).minutes(PolicyKey.INACTIVITY_MINUTES)
    return UNLIMITED if after is None else after
