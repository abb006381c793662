"""A market's rules for a test: rows that hold since an hour before NOON, written as migrations write them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Protocol

import psycopg

from compliance.policy.selectors.policies import policy_forget
from players.models import Player
from tests.factories import NOON

OPEN: dict[str, Any] = {
    "registration.kyc_before_play": False, "exclusion.register": None, "limit.mandatory": None,
    "location.required": False, "slot.max_stake": None,
}  # fmt: skip


class Market(Protocol):
    """Have the player play in a market with these rules (dots as two underscores), and no others in the way."""

    def __call__(self, player: Player, jurisdiction: str, *, zone: str = "UTC", **rows: Any) -> None: ...


def market_as(owner: psycopg.Connection[Any]) -> Market:
    """The rows belong to the owner of the tables: the application writes none that two people have not agreed to."""

    def market(player: Player, jurisdiction: str, *, zone: str = "UTC", **rows: Any) -> None:
        told = OPEN | {name.replace("__", "."): value for name, value in rows.items()}
        for key, value in told.items():
            owner.execute(
                "INSERT INTO policy_policyrow (jurisdiction, key, value, source, verified, effective_from, created_at)"
                " VALUES (%s, %s, %s::jsonb, 'test', false, %s, %s)",
                [jurisdiction, key, json.dumps(value), NOON - timedelta(hours=1), NOON - timedelta(hours=2)],
            )
        policy_forget()
        Player.objects.filter(pk=player.pk).update(jurisdiction=jurisdiction, time_zone=zone)
        player.refresh_from_db()

    return market
