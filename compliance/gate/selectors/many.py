"""The facts of the gate about many players at once, for touchpoints that ask of a whole list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from compliance.gate.enums import Touchpoint
from compliance.gate.facts import Facts, RegisterFacts
from compliance.gate.selectors.against import Placed, placed_against
from compliance.gate.selectors.conditions import register_told
from compliance.gate.selectors.facts import player_facts
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.policy.types import Policy
from compliance.register.models import RegisterStanding
from players.models import Player

# Whose rules look at the account, what was placed against it, and the register: at nothing else.
MANY: Final = frozenset({Touchpoint.MARKETING})


def facts_of_many(*, player_ids: Collection[int], now: datetime) -> Iterator[Facts]:
    """What the rules of a touchpoint in MANY look at, of each of the players: five queries for all of them."""
    placed = placed_against(player_ids=player_ids, now=now)
    answers = {(row.player_id, row.register): row for row in RegisterStanding.objects.filter(player_id__in=player_ids)}
    policies: dict[str, Policy] = {}
    for player in Player.objects.filter(pk__in=player_ids).select_related("brand").order_by("pk"):
        if player.jurisdiction not in policies:
            policies[player.jurisdiction] = policy_of(jurisdiction=player.jurisdiction, now=now)
        against = placed.get(player.pk, Placed())
        yield Facts(
            now=now,
            player=player_facts(player),
            restrictions=against.restrictions,
            exclusions=against.exclusions,
            flags=against.flags,
            register=None if player.is_test else _register(player.pk, policies[player.jurisdiction], answers),
        )


def _register(player_id: int, policy: Policy, answers: dict[tuple[int, str], RegisterStanding]) -> RegisterFacts | None:
    rule = policy.table(PolicyKey.EXCLUSION_REGISTER)
    return None if rule is None else register_told(answers.get((player_id, rule["register"])), policy)
