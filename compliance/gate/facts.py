"""What the gate looks at: everything that is known of a player's permission to play, as of one instant. No framework.

Rules read these and nothing else. `row` is the number of the policy row that asks for something: the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from compliance.limits.types import PlayLimits


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
    """Something that stands from a moment on; `until`: when it ends by itself, None: not by itself."""

    kind: str
    source: str
    starts_at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """What the national register that the policy names said last; never asked is not clear."""

    register: str
    outcome: str
    clear: bool
    valid_until: datetime | None
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KycFacts:
    """Identity: `verified`, what `due` asks for it (empty: nothing does), and the locked wallet of UK-28."""

    verified: bool
    due: str
    locked: bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """The player's sitting and its next reality check."""

    started_at: datetime
    due_at: datetime | None
    paused_until: datetime | None
    source: str
    row: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapFacts:
    """The largest stake on slots: `amount` in the player's currency, `told` as the policy words it."""

    amount: Decimal
    told: str
    age: int | None
    until: datetime | None
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """The last look at where the player is; `outcome` empty: nobody has looked. It counts until `valid_until`."""

    outcome: str
    allowed: bool
    country: str
    valid_until: datetime | None
    source: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """As of `now`. `changes_at`: instants at which a fact changes by the mere passing of time."""

    now: datetime
    player: PlayerFacts
    restrictions: tuple[DatedFact, ...] = ()
    exclusions: tuple[DatedFact, ...] = ()
    flags: tuple[DatedFact, ...] = ()
    register: RegisterFacts | None = None
    kyc: KycFacts | None = None
    kyc_row: int | None = None
    limits_missing: tuple[str, ...] = ()
    limits_row: int | None = None
    play_limits: PlayLimits | None = None
    deposit_limits: PlayLimits | None = None
    clock: ClockFacts | None = None
    idle_after: timedelta | None = None
    idle_row: int | None = None
    cap: CapFacts | None = None
    location: LocationFacts | None = None
    changes_at: tuple[datetime, ...] = ()
