"""What the cashier is told of methods and routes. Every amount is in the currency beside it. No framework here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from casino.gateways.enums import InstrumentKind, Purpose
from casino.routing.enums import FeePayer, Omission


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """For whom and what a row is looked for: `segments` are the player's tags and "new" or "returning"."""

    brand_id: int
    country: str
    currency: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a payment costs: `percent` of the amount (1.5 is 1.5 %), and `fixed`, both in the payment's currency."""

    percent: Decimal = Decimal(0)
    fixed: Decimal = Decimal(0)
    payer: FeePayer = FeePayer.HOUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodOffer:
    """A method as a player sees it. `why_not` is empty where it is open; `terms_id` is the row that decides.

    `maximum` is None where there is none. `presets` are those of a first deposit as long as there was none.
    """

    method: str
    name: str
    kind: InstrumentKind
    purpose: Purpose
    currency: str
    minimum: Decimal
    maximum: Decimal | None
    fee: Fee
    presets: tuple[Decimal, ...]
    place: int
    terms_id: int | None
    reason: str
    why_not: Omission | None = None
    why_not_text: str = ""

    @property
    def open(self) -> bool:
        """Whether the player may use it now."""
        return self.why_not is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep:
    """A gateway to try, in its turn. `gateway_method` is the gateway's own code of the method (Order.method)."""

    gateway: str
    gateway_method: str
    stop_codes: frozenset[str]
    route_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A gateway that is not tried, and why: the code and one sentence for people."""

    gateway: str
    why: Omission
    text: str
    route_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """Which gateways a payment would try, in order, and which not. `refused` says why there is no step by terms."""

    method: str
    purpose: Purpose
    amount: Decimal
    currency: str
    fee_amount: Decimal
    offer: MethodOffer | None
    steps: tuple[RouteStep, ...]
    left_out: tuple[LeftOut, ...]
    refused: Omission | None = None
    refused_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """The last hard decline of a player by a gateway: the vendor's code and when."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayHealth:
    """What speaks against a gateway at an instant; `against` is empty where nothing does."""

    gateway: str
    against: Omission | None = None
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
