"""May this player play now? One pure answer for every touchpoint: allow, or the typed reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from common.errors import Refusal
from compliance import errors
from compliance.enums import RestrictionKind
from players.enums import PlayerStatus

_RESTRICTED: Final[dict[str, type[Refusal]]] = {
    RestrictionKind.SELF_EXCLUDED: errors.SelfExcluded,
    RestrictionKind.TIME_OUT_ACTIVE: errors.TimeOutActive,
    RestrictionKind.KYC_REQUIRED: errors.KycRequired,
    RestrictionKind.LIMIT_REACHED: errors.LimitReached,
    RestrictionKind.REALITY_CHECK_DUE: errors.RealityCheckDue,
    RestrictionKind.GEO_BLOCKED: errors.GeoBlocked,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayFacts:
    """What the gate looks at, as it stood under the wallet's lock."""

    player_status: str
    brand_enabled: bool
    restriction: str | None


def play_refusal(facts: PlayFacts) -> Refusal | None:
    """The first reason against play, or None. The account's own state comes before dated restrictions."""
    if facts.player_status != PlayerStatus.ACTIVE:
        return errors.PlayerBlocked(status=facts.player_status)
    if not facts.brand_enabled:
        return errors.PlayerBlocked(status="brand_disabled")
    if facts.restriction is not None:
        return _RESTRICTED[facts.restriction]()
    return None
