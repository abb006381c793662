"""What the decisions about a withdrawal look at and answer. Amounts are in the wallet's currency unless said otherwise.

No framework here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from casino.withdrawals.enums import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An instrument to which money may go. `remaining` is what deposits from it still ask back (closed loop).

    `minimum` of its method; a `why_not` keeps it from receiving anything. `verified`: it is known to be the player's
    own; `mismatch`: it is known to be somebody else's. `since` is its first use, `fee` what the player pays per part.
    """

    instrument_id: int
    label: str
    method: str
    gateway: str
    currency: str
    remaining: Decimal
    verified: bool
    mismatch: bool
    since: datetime | None
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of a split: how much goes to which instrument, and whether deposits ask it back."""

    way: Way
    amount: Decimal
    closed_loop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How a withdrawal goes out; `unplaced` is what no instrument can take."""

    shares: tuple[Share, ...]
    unplaced: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What deposits ask to be staked, what was staked since them with real money, and what is left to stake."""

    required: Decimal
    staked: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The row of rules in force (models.Rule), amounts in the base currency."""

    rule_id: int | None
    auto_amount: Decimal
    auto_risk: int
    four_eyes_from: Decimal
    turnover_times: Decimal
    game_weights: Mapping[str, str]
    kyc_level: int
    kyc_level_high: int
    kyc_high_from: Decimal
    cool_down: timedelta
    day_count: int
    day_sum: Decimal
    week_count: int
    week_sum: Decimal
    kyc_wait: timedelta
    sla: timedelta
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Velocity:
    """How many withdrawals were asked for in a time, this one included, and their sum in the base currency."""

    count: int
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """Everything that the rules look at, read at `now` under the wallet's lock."""

    now: datetime
    amount: Decimal
    currency: str
    base: Decimal
    withdrawable: Decimal
    withheld: tuple[tuple[str, str], ...]
    gate: tuple[tuple[str, str], ...]
    split: Split
    turnover: Turnover
    kyc_level: int
    day: Velocity
    week: Velocity
    flags: tuple[tuple[str, str], ...]
    receivable: Decimal
    chargebacks: int
    linked: tuple[str, ...]
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule's answer: green or red, the sentence for staff and, where it may be told, the one for the player."""

    code: str
    title: str
    green: bool
    text: str
    effect: Effect | None = None
    player_text: str = ""

    def kept(self) -> dict[str, Any]:
        """As it stands in the snapshot."""
        return {
            "code": self.code, "title": self.title, "green": self.green, "text": self.text,
            "effect": self.effect.value if self.effect else "", "player_text": self.player_text,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """What the risk score looks at; amounts in the wallet's currency, ages as of the request."""

    account_age: timedelta
    withdrawals_before: int
    amount: Decimal
    deposited: Decimal
    biggest_win: Decimal
    new_instrument: bool
    new_device: bool
    new_address: bool
    adjusted: Decimal
    chargebacks: int
    linked: int
    rejected_before: int
    turnover_left: Decimal
    failed_sign_ins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The score and the points of each factor that it is made of."""

    score: int
    factors: tuple[tuple[str, int, str], ...]

    def kept(self) -> dict[str, Any]:
        """As it stands in the snapshot."""
        return {"score": self.score, "factors": [list(factor) for factor in self.factors]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where the checks lead: the next state, and why in one sentence. `refused` is the first rule that refuses."""

    state: str
    reason: str
    auto: bool = False
    refused: Check | None = None
    red: tuple[Check, ...] = field(default=())
