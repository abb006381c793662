"""A plan's terms: what is paid for, and how the net revenue is reckoned. Rates are fractions: 0.30 is 30 %."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from affiliates.engine.errors import TermsRefused
from affiliates.engine.numbers import ZERO

Metric = Literal["ngr", "deposits", "first_deposits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetRevenue:
    """The switches of affiliates.md §2.5. `money` says which stakes and wins count.

    Bonus stakes are already left out of "real", so a bonus deduction beside it would charge twice: refused (AFF-27).
    """

    money: Literal["real", "all"] = "all"
    bonus: Literal["none", "granted", "converted", "converted_and_free_spins"] = "none"
    jackpot: Literal["none", "less_contribution", "plus_pool_wins"] = "none"
    admin_rate: Decimal = ZERO
    admin_base: Literal["ggr", "ggr_less_bonus"] = "ggr"
    fee_on_positive_only: bool = True
    payment: Literal["none", "rates", "actual"] = "none"
    deposit_rate: Decimal = ZERO
    withdrawal_rate: Decimal = ZERO
    duty: bool = False
    royalty: bool = False
    chargebacks: bool = True
    corrections: bool = True
    capped_at_deposits: bool = False

    def __post_init__(self) -> None:
        """Raises TermsRefused for terms that contradict each other."""
        if self.money == "real" and self.bonus != "none":
            raise TermsRefused(
                "Real money alone already leaves the bonus out: deduct no bonus from it, or count all money."
            )
        if self.payment != "rates" and (self.deposit_rate or self.withdrawal_rate):
            raise TermsRefused("Rates on deposits and withdrawals need the payment fees to be reckoned by rates.")


@dataclass(frozen=True, slots=True)
class Step:
    """From this much on (included), this rate or amount."""

    start: Decimal
    value: Decimal


def steps_checked(steps: tuple[Step, ...], what: str) -> None:
    """Raises TermsRefused unless the steps begin at zero or below and rise."""
    if not steps or steps[0].start > 1:
        raise TermsRefused(f"The steps of the {what} must begin at the bottom.")
    if any(lower.start >= upper.start for lower, upper in pairwise(steps)):
        raise TermsRefused(f"The steps of the {what} must rise.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueShare:
    """A part of the net revenue: "tier" takes one rate for the whole base, "ladder" a rate for each slice of it.

    `starts_after_days` leaves out what a player did in his first days (hybrid deals).
    """

    kind: Literal["flat", "tier", "ladder"] = "flat"
    steps: tuple[Step, ...]
    metric: Metric = "ngr"
    starts_after_days: int = 0

    def __post_init__(self) -> None:
        """Raises TermsRefused for steps that are none, or a ladder over something else than the base."""
        steps_checked(self.steps, "revenue share")
        if self.kind == "flat" and len(self.steps) != 1:
            raise TermsRefused("A flat revenue share has one rate.")
        if self.kind == "ladder" and self.metric != "ngr":
            raise TermsRefused("A ladder slices the net revenue itself: another measure can only pick a tier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """What becomes of a negative result: forgotten, or carried as net revenue or as commission.

    `periods` limits how many later statements it may be set off against; 0 is for ever.
    """

    mode: Literal["none", "base", "commission"] = "none"
    periods: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What makes a first deposit a qualified one. `days` is a window with a closed end; 0 is for ever."""

    deposits: Decimal = ZERO
    net: bool = False
    wager: Decimal = ZERO
    count: int = 0
    days: int = 0
    since: Literal["registration", "first_deposit"] = "registration"
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """An amount for each player brought: a lead (CPL), a first deposit (CPA) or, with a baseline, a qualified one.

    `steps` of a progressive plan begin at the first player: 1, 11, 26. `countries` overrides the amount by country.
    `milestones` release further amounts, each once for each player. `clawback_days` after the payment a reversal
    takes it back. `cap` is the number of players paid for in a period; 0 is no cap.
    """

    counts: Literal["lead", "first_deposit"] = "first_deposit"
    amount: Decimal = ZERO
    countries: tuple[tuple[str, Decimal], ...] = ()
    minimum_deposit: Decimal = ZERO
    baseline: Baseline | None = None
    steps: tuple[Step, ...] = ()
    progression: Literal["marginal", "retroactive"] = "marginal"
    milestones: tuple[tuple[Baseline, Decimal], ...] = ()
    cap: int = 0
    clawback_days: int = 0
    advance: bool = False

    def __post_init__(self) -> None:
        """Raises TermsRefused for steps that are none."""
        if self.steps:
            steps_checked(self.steps, "progression")
            if self.countries:
                raise TermsRefused("A progressive amount has no table of countries: give them plans of their own.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """A part of the stakes, with a weight for each product (1 where none is named)."""

    rate: Decimal
    money: Literal["real", "all"] = "real"
    weights: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """Paid once, in the period in which the measure reaches the target, until the last day."""

    metric: Metric
    target: Decimal
    until: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan. Several parts together are a hybrid.

    `bundle` is what nets with what: everything, each brand, each product, or "positives": positive brands are paid
    together, a negative one stays with its brand. `high_roller` is the loss of the house to one player in a period
    from which it is quarantined on him. `monthly` is paid by the day, from `since` to `until`. `levels` are the parts
    of the commission of sub-affiliates, nearest first, on positive ones alone.
    """

    code: str
    version: int
    share: RevenueShare | None = None
    revenue: NetRevenue = NetRevenue()
    bundle: Literal["programme", "brand", "product", "positives"] = "programme"
    carry: Carry = Carry()
    high_roller: Decimal | None = None
    acquisition: Acquisition | None = None
    turnover: Turnover | None = None
    monthly: Decimal = ZERO
    prize: Prize | None = None
    levels: tuple[Decimal, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raises TermsRefused for an advance without anything to set it off against."""
        if self.acquisition and self.acquisition.advance and not self.share:
            raise TermsRefused("An advance is set off against a revenue share: the plan has none.")

    @property
    def name(self) -> str:
        """The plan's code and version, as lines and activity name it."""
        return f"{self.code}/{self.version}"
