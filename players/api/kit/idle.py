"""After how long a player must prove who they are again: without activity (G-14), and anyway (G-15). By policy."""

from __future__ import annotations

from datetime import datetime, timedelta

from casino.play.models import GameSession
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.accounts.models import PlayerSession
from players.accounts.selectors.sessions import idle_since
from players.models import Player


def idle_after(player: Player, now: datetime) -> timedelta:
    """How long without activity the jurisdiction allows; a full sign-in is due later anyway."""
    after = policy_of(jurisdiction=player.jurisdiction, now=now).minutes(PolicyKey.INACTIVITY_MINUTES)
    return full_proof_lasts(player, now) if after is None else after


def full_proof_lasts(player: Player, now: datetime) -> timedelta:
    """How long a full sign-in counts in the jurisdiction."""
    lasts = policy_of(jurisdiction=player.jurisdiction, now=now).days(PolicyKey.SESSION_FULL_SIGN_IN_DAYS)
    assert lasts is not None
    return lasts


def proof_due(session: PlayerSession, now: datetime) -> bool:
    """Whether the sign-in was without activity for too long; bets count as activity, though they come by providers."""
    after = idle_after(session.player, now)
    if not idle_since(session=session, now=now, after=after):
        return False
    played = GameSession.objects.filter(
        player_id=session.player_id, launched_at__gte=session.created_at, last_seen_at__gte=now - after
    )
    return not played.exists()
