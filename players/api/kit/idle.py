"""After how long without activity a player must prove who they are again (G-14), by the jurisdiction's policy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from casino.play.models import GameSession
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.accounts.models import PlayerSession
from players.accounts.selectors.sessions import idle_since
from players.models import Player

UNLIMITED: Final = timedelta(days=30)


def idle_after(player: Player, now: datetime) -> timedelta:
    """What the jurisdiction asks for; a full sign-in is due after 30 days anyway."""
    after = policy_of(jurisdiction=player.jurisdiction, now=now).minutes(PolicyKey.INACTIVITY_MINUTES)
    return UNLIMITED if after is None else after


def proof_due(session: PlayerSession, now: datetime) -> bool:
    """Whether the sign-in was without activity for too long; bets count as activity, though they come by providers."""
    after = idle_after(session.player, now)
    if not idle_since(session=session, now=now, after=after):
        return False
    played = GameSession.objects.filter(
        player_id=session.player_id, launched_at__gte=session.created_at, last_seen_at__gte=now - after
    )
    return not played.exists()
