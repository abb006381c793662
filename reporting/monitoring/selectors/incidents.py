"""What is frozen, in words, and whether its promise is still broken."""

from __future__ import annotations

from reporting.monitoring.enums import FreezeScope
from reporting.monitoring.models import Incident
from reporting.monitoring.selectors.wallet_watch import negative_accounts, uncovered_holds, unequal_balances


def target_words(incident: Incident) -> str:
    """Who or what is frozen."""
    target = incident.player or incident.game or incident.provider
    name = incident.player.public_id if incident.player else str(target)
    return f"{FreezeScope(incident.scope).label}: {name}"


def still_broken(incident: Incident) -> bool:
    """Whether the player's money breaks a promise now; of a game or provider nothing is known between verifications."""
    if incident.player_id is None:
        return False
    now_broken = (*unequal_balances(), *negative_accounts(), *uncovered_holds())
    return any(oddity.player == incident.player_id for oddity in now_broken)
