"""What the gate's standing says to a bet: the reason that refuses every bet, and what conditions the others.

Pure. Kept as JSON in `gate_standing.terms`; most players have none, and their column is empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from common.errors import Refusal
from common.money import decimal_text
from compliance.gate.errors import BET_REFUSALS

STALE: Final = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`code` is the first reason against any bet, empty where there is none; `told` is what providers learn of it.

    `idle`: how long the game session may be silent, where that is less than everywhere. `slot_cap`: the largest stake
    on slots, in the player's currency. `limits`: whether the player's limits must be looked at.
    """

    code: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    idle: timedelta | None = None
    slot_cap: Decimal | None = None
    limits: bool = False

    def packed(self) -> dict[str, Any] | None:
        """As it is stored; None when nothing stands against bets."""
        stored: dict[str, Any] = {}
        if self.code:
            stored["code"] = self.code
        if self.told:
            stored["told"] = dict(self.told)
        if self.idle is not None:
            stored["idle_s"] = int(self.idle.total_seconds())
        if self.slot_cap is not None:
            stored["slot_cap"] = decimal_text(self.slot_cap)
        if self.limits:
            stored["limits"] = True
        return stored or None

    def refusal(self) -> Refusal | None:
        """The first reason in the words of the providers' contract."""
        return BET_REFUSALS[self.code](self.told) if self.code else None


FREE: Final = Terms()


def terms_read(text: str | None) -> Terms:
    """The terms out of the column's text, which must not be STALE."""
    if text is None:
        return FREE
    stored = json.loads(text)
    idle, cap = stored.get("idle_s"), stored.get("slot_cap")
    return Terms(
        code=stored.get("code", ""),
        told=stored.get("told", {}),
        idle=timedelta(seconds=idle) if idle is not None else None,
        slot_cap=Decimal(cap) if cap is not None else None,
        limits=stored.get("limits", False),
    )
