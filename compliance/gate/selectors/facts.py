"""The facts of the gate, read as they are committed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from compliance.gate.facts import DatedFact, Facts, PlayerFacts
from compliance.models import Restriction
from compliance.selectors.restriction_in_force import PRECEDENCE
from players.models import Player


def facts_of(*, player_id: int, now: datetime) -> Facts:
    """Everything that the gate looks at. Raises Player.DoesNotExist."""
    player = Player.objects.select_related("brand").get(pk=player_id)
    return Facts(
        now=now,
        player=PlayerFacts(
            id=player.pk,
            status=player.status,
            country=player.country,
            currency=player.currency,
            jurisdiction=player.jurisdiction,
            brand_id=player.brand_id,
            brand_enabled=player.brand.enabled,
            is_test=player.is_test,
        ),
        restrictions=restrictions_in_force(player_id=player_id, now=now),
    )


def restrictions_in_force(*, player_id: int, now: datetime) -> tuple[DatedFact, ...]:
    """A player's restrictions in force, in the order in which they are told."""
    live = Restriction.objects.filter(player_id=player_id, starts_at__lte=now).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    found = [
        DatedFact(
            kind=row.kind, source=f"compliance.restriction:{row.pk}", starts_at=row.starts_at, ends_at=row.ends_at
        )
        for row in live.order_by("pk")
    ]
    return tuple(sorted(found, key=lambda fact: PRECEDENCE.index(fact.kind)))
