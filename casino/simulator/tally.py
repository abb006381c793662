"""What happened, counted: one tally per worker thread, added up for the screen and the report."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, exp, log

from casino.simulator.currencies import EXACT, ZERO

STEP = log(1.03)
SHORTEST = 1e-5
BUCKETS = 520
KEPT_VIOLATIONS = 200


@dataclass(slots=True)
class Latencies:
    """Durations in seconds in buckets 3 % apart, so that a run of days costs no more memory than one of a minute."""

    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)

    def add(self, seconds: float) -> None:
        """Count one duration."""
        place = ceil(log(max(seconds, SHORTEST) / SHORTEST) / STEP)
        self.buckets[min(place, BUCKETS - 1)] += 1

    def merge(self, other: "Latencies") -> None:
        """Count all of another's."""
        self.buckets = [mine + theirs for mine, theirs in zip(self.buckets, other.buckets, strict=True)]

    def percentile(self, percent: float) -> float:
        """The duration in seconds that so many percent did not exceed; 0 when nothing was counted."""
        wanted = sum(self.buckets) * percent / 100
        seen = 0
        for place, count in enumerate(self.buckets):
            seen += count
            if count and seen >= wanted:
                return SHORTEST * exp(place * STEP)
        return 0.0


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the contract forbids, as it was seen."""

    player_id: str
    call: str
    transaction_id: str
    detail: str


@dataclass(slots=True)
class Takings:
    """A game in one currency: rounds, accepted stakes, wins paid, and both in units so that currencies add up."""

    rounds: int = 0
    stake: Decimal = ZERO
    win: Decimal = ZERO
    stake_units: Fraction = Fraction(0)
    win_units: Fraction = Fraction(0)

    def add(self, *, rounds: int, stake: Decimal, win: Decimal, unit: Decimal) -> None:
        """Count rounds with what they staked and won."""
        self.rounds += rounds
        self.stake = EXACT.add(self.stake, stake)
        self.win = EXACT.add(self.win, win)
        self.stake_units += Fraction(stake) / Fraction(unit)
        self.win_units += Fraction(win) / Fraction(unit)

    def merge(self, other: "Takings") -> None:
        """Count all of another's."""
        self.rounds += other.rounds
        self.stake = EXACT.add(self.stake, other.stake)
        self.win = EXACT.add(self.win, other.win)
        self.stake_units += other.stake_units
        self.win_units += other.win_units


@dataclass(slots=True)
class Tally:
    """Counts of one worker. Only that worker writes; others read copies."""

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    tricks: Counter[str] = field(default_factory=Counter)
    takings: dict[tuple[str, str], Takings] = field(default_factory=dict)
    latencies: Latencies = field(default_factory=Latencies)
    violations: list[Violation] = field(default_factory=list)
    violation_count: int = 0
    answered: int = 0
    rounds: int = 0
    retries: int = 0
    hang_ups: int = 0
    in_doubt: int = 0

    def answer(self, kind: str, outcome: str, seconds: float) -> None:
        """Count one answer."""
        self.answered += 1
        self.calls[(kind, outcome)] += 1
        self.latencies.add(seconds)

    def violated(self, violation: Violation) -> None:
        """Count a violation and keep the first of them whole."""
        self.violation_count += 1
        if len(self.violations) < KEPT_VIOLATIONS:
            self.violations.append(violation)

    def takings_of(self, game: str, currency: str) -> Takings:
        """The takings of a game in a currency, made when first asked for."""
        return self.takings.setdefault((game, currency), Takings())


def tallies_merge(tallies: list[Tally]) -> Tally:
    """Add tallies up, safe while their workers still write."""
    whole = Tally()
    for tally in tallies:
        whole.calls.update(dict(tally.calls))
        whole.tricks.update(dict(tally.tricks))
        for key, takings in list(tally.takings.items()):
            whole.takings.setdefault(key, Takings()).merge(takings)
        whole.latencies.merge(tally.latencies)
        whole.violations.extend(list(tally.violations))
        whole.violation_count += tally.violation_count
        whole.answered += tally.answered
        whole.rounds += tally.rounds
        whole.retries += tally.retries
        whole.hang_ups += tally.hang_ups
        whole.in_doubt += tally.in_doubt
    return whole
