"""Whether a transfer game may be offered at all: stakes happen where nobody asks us. Pure; no framework here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from compliance.limits.enums import LimitKind
from compliance.limits.types import Usage

# Limits that need a look at every bet. A loss limit does not: what is taken along is the most that can be lost.
OF_EVERY_BET: Final = (LimitKind.WAGER, LimitKind.STAKE)


def obstacle(*, slot: bool, stake_cap: bool, located: bool, usages: Iterable[Usage]) -> str:
    """What only a look at every bet could enforce, or nothing.

    `stake_cap` and `located`: the player's market caps stakes of slots (UK-13, DE-01), or asks where a player is
    while he plays (G-30, G-31). `usages` are the limits in force, the player's own and the house's.
    """
    if stake_cap and slot:
        return "stake_cap"
    if located:
        return "location"
    kinds = {usage.bound.kind for usage in usages}
    return next((f"limit_{kind.value}" for kind in OF_EVERY_BET if kind in kinds), "")


def room(usages: Iterable[Usage]) -> Decimal | None:
    """The most that may be taken along: what the tightest loss limit leaves; None: no such limit."""
    left = [usage.left for usage in usages if usage.bound.kind == LimitKind.LOSS]
    return min(left, default=None)
