"""The account, its brand, and what was set against the player."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.enums import RestrictionKind
from compliance.exclusions.enums import ExclusionKind
from compliance.gate.enums import CLOSED_BY, FlagKind, Touchpoint
from compliance.gate.facts import Facts
from compliance.gate.types import Asked, Reason
from players.enums import PlayerStatus

EXCLUDED_AS: Final = {
    ExclusionKind.TIME_OUT: "time_out_active",
    ExclusionKind.SELF_EXCLUSION: "self_excluded",
    ExclusionKind.OPERATOR: "operator_excluded",
    ExclusionKind.REGISTER: "register_excluded",
}
BLOCKS: Final = (FlagKind.DEPOSIT_BLOCKED, FlagKind.BET_BLOCKED, FlagKind.WITHDRAWAL_BLOCKED)


def account_status(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """A blocked account does nothing; of a closed one the money can still be fetched (G-23, UK-19)."""
    closed = facts.player.status == PlayerStatus.CLOSED
    if facts.player.status != PlayerStatus.ACTIVE and not (closed and asked.touchpoint is Touchpoint.WITHDRAWAL):
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


def exclusions(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Time-outs and exclusions, the weightiest first (G-18)."""
    for one in facts.exclusions:
        kind = ExclusionKind(one.kind)
        yield Reason(
            code=EXCLUDED_AS[kind],
            title=f"{kind.label}.",
            evidence={"since": one.starts_at.isoformat()},
            source=one.source,
            until=one.until,
        )


def restrictions(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Dated restrictions that staff placed."""
    for one in facts.restrictions:
        yield Reason(
            code=one.kind,
            title=f"{RestrictionKind(one.kind).label}.",
            evidence={"since": one.starts_at.isoformat()},
            source=one.source,
            until=one.until,
        )


def flags(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """Blocks of single touchpoints, and risks that close several."""
    for one in facts.flags:
        kind = FlagKind(one.kind)
        if asked.touchpoint in CLOSED_BY[kind]:
            yield Reason(
                code=kind.value if kind in BLOCKS else "risk_flagged",
                title=f"{kind.label}.",
                evidence={"flag": kind.value, "since": one.starts_at.isoformat()},
                source=one.source,
                until=one.until,
            )
