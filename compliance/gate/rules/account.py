"""The account and its brand, and what staff set against it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.enums import RestrictionKind
from compliance.gate.facts import Facts
from compliance.gate.types import Asked, Reason
from players.enums import PlayerStatus


def account_status(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """A blocked or closed account does nothing."""
    if facts.player.status != PlayerStatus.ACTIVE:
        yield Reason(
            code="player_blocked",
            title=f"The account is {PlayerStatus(facts.player.status).label.lower()}.",
            evidence={"status": facts.player.status},
            source=f"players.player:{facts.player.id}",
        )


def brand_state(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """A brand that is switched off takes nothing new."""
    if not facts.player.brand_enabled:
        yield Reason(
            code="brand_closed",
            title="The brand is closed for play.",
            evidence={"brand": facts.player.brand_id},
            source=f"players.brand:{facts.player.brand_id}",
        )


def restrictions(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Dated restrictions that staff placed."""
    for one in facts.restrictions:
        yield Reason(
            code=one.kind,
            title=f"{RestrictionKind(one.kind).label}.",
            evidence={"since": one.starts_at.isoformat()},
            source=one.source,
            until=one.ends_at,
        )
