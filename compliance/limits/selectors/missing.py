"""Limits without which nobody plays (SE-01; Denmark, the Netherlands)."""

from __future__ import annotations

from datetime import datetime

from compliance.limits.enums import LimitOwner
from compliance.limits.models import Limit
from compliance.limits.selectors.rules import limit_policy
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy
from players.models import Player

Missing = tuple[tuple[str, str], ...]


def limits_missing(player: Player, policy: Policy) -> Missing:
    """(kind, period) of the limits that the player must set before play; empty: nothing is missing.

    Where any one of several periods will do and none is set, all of them are told.
    """
    table = policy.table(PolicyKey.LIMIT_MANDATORY)
    if table is None:
        return ()
    found = Limit.objects.filter(player=player, owner=LimitOwner.PLAYER, kind=table["kind"], ended_at=None)
    present = set(found.values_list("period", flat=True))
    absent = tuple((table["kind"], period) for period in table["periods"] if period not in present)
    if table["need"] == "any" and len(absent) < len(table["periods"]):
        return ()
    return absent


def mandatory_period(*, player: Player, kind: str, period: str, now: datetime) -> bool:
    """Whether the player could not play without this limit of his."""
    table = limit_policy(player, now).table(PolicyKey.LIMIT_MANDATORY)
    if table is None or table["kind"] != kind or period not in table["periods"]:
        return False
    found = Limit.objects.filter(player=player, owner=LimitOwner.PLAYER, kind=kind, ended_at=None)
    left = set(found.exclude(period=period).values_list("period", flat=True))
    return table["need"] == "all" or not left & set(table["periods"])
