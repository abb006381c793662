"""How often a player is told how long he has played."""

from __future__ import annotations

from compliance.gate.models import RealityInterval
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy


def interval_of(*, player_id: int, policy: Policy) -> int | None:
    """Minutes between two checks: the player's choice within the policy's bounds, or the policy's; None: no checks."""
    rule = policy.table(PolicyKey.REALITY_CHECK)
    if rule is None:
        return None
    default: int = rule["default_minutes"]
    if rule["mode"] != "player":
        return default
    chosen = RealityInterval.objects.filter(pk=player_id).values_list("minutes", flat=True).first()
    return default if chosen is None else min(max(chosen, rule["min_minutes"]), rule["max_minutes"])
