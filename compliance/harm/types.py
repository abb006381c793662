"""What is known of a player's behaviour, and what is found in it. No framework here."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from compliance.harm.enums import MarkerGroup, Tier
from compliance.policy.keys import PolicyKey


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a player's behaviour, with what it was counted from."""

    value: Decimal
    evidence: dict[str, str] = field(default_factory=dict)


# A figure by the key whose thresholds it is held against; one that can not be told is missing.
Figures = dict[PolicyKey, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One marker that counts: why, how much, and by which row of policy."""

    key: PolicyKey
    group: MarkerGroup
    words: str
    value: Decimal
    counts_from: Decimal
    strong_from: Decimal | None
    strong: bool
    points: int
    policy_row: int
    evidence: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the assessment."""
        return {
            "marker": self.key.value, "group": self.group.value, "words": self.words, "value": str(self.value),
            "from": str(self.counts_from), "strong_from": None if self.strong_from is None else str(self.strong_from),
            "strong": self.strong, "points": self.points, "policy_row": self.policy_row, "evidence": self.evidence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """The sum of the findings and the level that it makes."""

    score: int
    tier: Tier
    strong: bool
    findings: tuple[Finding, ...]
