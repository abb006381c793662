"""What is asked of the gate, and what it says: allowed, or every reason against it with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from compliance.gate.enums import Touchpoint

Evidence = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason against a touchpoint. `source` names the record, such as compliance.restriction:7; `until`: when it
    ends by itself, None: not by itself."""

    code: str
    title: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    source: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The gate's answer; reasons in the order in which they are told."""

    touchpoint: Touchpoint
    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be done. `amount` in the player's currency; None: would anything at all be allowed?

    `slot`: the game is a slot. `last_active_at`: the last sign of life of the player's session, None: not asked.
    """

    touchpoint: Touchpoint
    amount: Decimal | None = None
    slot: bool = False
    last_active_at: datetime | None = None
