"""Whom routing asks about payments of the past: the cashier names itself here in its AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from casino.gateways.enums import Purpose
from casino.routing.types import Decline

DeclinesSource = Callable[[int, Purpose, str, datetime], Mapping[str, Decline]]
"""Takes the player, the purpose, our code of the method and since when; returns by gateway the latest decline whose
code ended a payment (a stop code). Soft declines are not told: trying again is right after those."""

_sources: list[DeclinesSource] = []


def declines_register(source: DeclinesSource) -> None:
    """Named once by each wing that pays."""
    if source not in _sources:
        _sources.append(source)


def declines_of(player_id: int, purpose: Purpose, method: str, since: datetime) -> dict[str, Decline]:
    """The latest hard decline by each gateway."""
    found: dict[str, Decline] = {}
    for source in _sources:
        for gateway, decline in source(player_id, purpose, method, since).items():
            if gateway not in found or found[gateway].at < decline.at:
                found[gateway] = decline
    return found
