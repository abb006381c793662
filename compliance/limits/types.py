"""What decisions about limits look at and say. Frozen; no framework here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from common.money import ZERO, decimal_text


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit in force. `id` is the limit's row; None for one that the policy itself sets (`policy_row`)."""

    id: int | None
    owner: str
    kind: str
    period: str
    amount: Decimal
    policy_row: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted since `starts_at`; stale, and so nothing, once `ends_at` has come."""

    period: str
    starts_at: datetime
    ends_at: datetime
    wagered: Decimal = ZERO
    staked: Decimal = ZERO
    won: Decimal = ZERO
    deposited: Decimal = ZERO
    withdrawn: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayLimits:
    """The limits that bear on a player's bets, with what was counted and when the player was signed in."""

    zone: str
    bounds: tuple[Bound, ...]
    counts: dict[str, Count] = field(default_factory=dict)
    signed_in: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """A bound with what is used of it: `used` in the bound's unit, `percent` of it to a tenth, rounded down."""

    bound: Bound
    used: Decimal
    percent: Decimal
    until: datetime | None

    @property
    def left(self) -> Decimal:
        """What may still be used; never below zero."""
        return max(self.bound.amount - self.used, ZERO)


@dataclass(frozen=True, slots=True)
class Reached:
    """The limit that refuses, with the evidence: told to staff and to the player, never to a provider."""

    usage: Usage

    @property
    def evidence(self) -> dict[str, str]:
        """As text: which limit, how much of it is used, and when its period ends."""
        bound = self.usage.bound
        told = {
            "limit": str(bound.id or ""),
            "owner": bound.owner,
            "kind": bound.kind,
            "period": bound.period,
            "amount": decimal_text(bound.amount),
            "used": decimal_text(self.usage.used),
            "percent": decimal_text(self.usage.percent),
            "until": self.usage.until.isoformat() if self.usage.until else "",
            "policy_row": str(bound.policy_row or ""),
        }
        return {name: text for name, text in told.items() if text}
