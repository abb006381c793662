"""What a statement is reckoned from, and what it comes to. Amounts of a day are in the player's currency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from affiliates.engine.numbers import ZERO
from affiliates.engine.terms import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerDay:
    """A player's day under a plan's version. `rate` is units of the statement's currency for one of the player's.

    `duty`, `royalty` and `payment_cost` are what the house owes for this day by reporting's dated rates; `corrections`
    are signed as the player sees them: a credit to him is positive and lowers the net revenue.
    """

    player: str
    day: date
    plan: str
    brand: str
    product: str
    currency: str
    rate: Decimal = Decimal(1)
    rate_source: str = ""
    stakes_real: Decimal = ZERO
    stakes_bonus: Decimal = ZERO
    wins_real: Decimal = ZERO
    wins_bonus: Decimal = ZERO
    bonus_granted: Decimal = ZERO
    bonus_converted: Decimal = ZERO
    free_spins: Decimal = ZERO
    jackpot_contribution: Decimal = ZERO
    jackpot_won: Decimal = ZERO
    deposits: Decimal = ZERO
    withdrawals: Decimal = ZERO
    payment_cost: Decimal = ZERO
    duty: Decimal = ZERO
    royalty: Decimal = ZERO
    chargebacks: Decimal = ZERO
    corrections: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerFacts:
    """What is known of a player beyond the period, in the statement's currency."""

    player: str
    registered_on: date
    lifetime_deposits: Decimal = ZERO
    contributed_before: Decimal = ZERO
    first_deposit_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A lead, first deposit or milestone that counts in this period, or does not, with the reason.

    `amount` is the first deposit in the statement's currency. `milestone` 0 is the main payment.
    """

    player: str
    plan: str
    day: date
    country: str = ""
    amount: Decimal = ZERO
    milestone: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """What was paid for a player before, and why it is taken back. `line` names the line that paid it."""

    player: str
    plan: str
    day: date
    paid_on: date
    paid: Decimal
    line: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCommission:
    """What a sub-affiliate earned in this period; level 1 is the nearest."""

    affiliate: str
    plan: str
    level: int
    commission: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A correction that two people decided on, or a late fact of a closed period, already in minor units."""

    reference: str
    reason: str
    amount: Decimal
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A negative result out of an earlier statement; `age` is how many statements it has been offered to."""

    plan: str
    bundle: str
    amount: Decimal
    age: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A high roller's win that waits for his own later losses."""

    plan: str
    product: str
    player: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """What goes from one statement to the next.

    `held` is earned and below the minimum; `debt`, zero or below, is owed by the affiliate; `advances` are what was
    paid for players and not yet earned back; `progress` is how far each plan is on the way to its prize, `prizes` the
    plans that paid theirs.
    """

    carried: tuple[Carried, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    advances: tuple[tuple[str, Decimal], ...] = ()
    progress: tuple[tuple[str, Decimal], ...] = ()
    prizes: tuple[str, ...] = ()
    held: Decimal = ZERO
    debt: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything a statement is reckoned from. The same case always gives the same statement, in any order of rows."""

    affiliate: str
    first: date
    last: date
    currency: str
    places: int = 2
    plans: tuple[Plan, ...] = ()
    days: tuple[PlayerDay, ...] = ()
    players: tuple[PlayerFacts, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    reversals: tuple[Reversal, ...] = ()
    subs: tuple[SubCommission, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    opening: Balances = Balances()
    minimum: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a statement: what it is for, how it was reckoned, and the amount, rounded once."""

    kind: str
    plan: str
    about: str
    base: Decimal
    amount: Decimal
    rate: str = ""
    inputs: tuple[tuple[str, Decimal], ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The lines in a fixed order, their sum, what is to be paid now, and what goes on to the next."""

    lines: tuple[Line, ...] = field(default=())
    total: Decimal = ZERO
    payable: Decimal = ZERO
    closing: Balances = Balances()
