"""A player's own view of breaks and exclusions: what stands, what may be chosen, what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from compliance.exclusions.enums import ComesOff, ExclusionKind, ReturnState
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.selectors.standing import ExclusionFact, exclusions_in_force, firsts_of
from compliance.exclusions.terms import lengths_offered
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.policy.spans import Span
from compliance.register.selectors.standing import RegisterFact, register_fact
from players.models import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionState:
    """As of now. `asks_brands`: the player chooses whether an exclusion covers all brands. `return_from`: when a
    request to return may be made at the earliest; None: nothing stands that ends by asking."""

    standing: tuple[ExclusionFact, ...]
    breaks: tuple[Span, ...]
    exclusions: tuple[Span, ...]
    asks_brands: bool
    return_from: datetime | None
    requests: tuple[ReturnRequest, ...]
    register: RegisterFact | None


def protection_state(*, player: Player, now: datetime) -> ProtectionState:
    """Everything at once."""
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    standing = exclusions_in_force(player_id=player.pk, now=now)
    by_asking = [one for one in standing if one.comes_off == ComesOff.ON_REQUEST]
    mine = Exclusion.objects.filter(firsts_of(player.pk)).values("pk")
    waiting = ReturnRequest.objects.filter(exclusion__in=mine, state=ReturnState.WAITING).order_by("pk")
    return ProtectionState(
        standing=standing,
        breaks=lengths_offered(policy, ExclusionKind.TIME_OUT),
        exclusions=lengths_offered(policy, ExclusionKind.SELF_EXCLUSION),
        asks_brands=policy.word(PolicyKey.EXCLUSION_BRANDS) == "ask",
        return_from=min((one.ends_at or one.starts_at for one in by_asking), default=None),
        requests=tuple(waiting[:20]),
        register=register_fact(player_id=player.pk, jurisdiction=player.jurisdiction, now=now),
    )
