"""What the gate looks at: everything that is known of a player's permission to play, as of one instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerFacts:
    """The player's own row and his brand's."""

    id: int
    status: str
    country: str
    currency: str
    jurisdiction: str
    brand_id: int
    brand_enabled: bool
    is_test: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """Something that stands from a moment until another; `ends_at` None: until lifted. `source` names its record."""

    kind: str
    source: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """As of `now`."""

    now: datetime
    player: PlayerFacts
    restrictions: tuple[DatedFact, ...] = ()
