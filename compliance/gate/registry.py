"""Facts that come from above the gate: whoever keeps them names the function that reads them, from its ready()."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from compliance.gate.facts import KycFacts

KycSource = Callable[[int, datetime], KycFacts | None]
_kyc: Final[list[KycSource]] = []


def kyc_source_register(source: KycSource) -> None:
    """Have the gate read identity from `source(player_id, now)`; None: nothing is known, which is not verified."""
    _kyc[:] = [source]


def kyc_source() -> KycSource | None:
    """Who tells about identity; None while nobody does."""
    return _kyc[0] if _kyc else None
