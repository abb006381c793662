"""What a run found out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casino.simulator.currencies import EXACT, ZERO
from casino.simulator.games import GAMES
from casino.simulator.plan import SimulationPlan
from casino.simulator.tally import Tally, Violation


@dataclass(frozen=True, slots=True)
class Comparison:
    """One player at the end, amounts in ``currency``; ``wallet`` is None when the wallet did not tell."""

    player_id: str
    currency: str
    expected: Decimal
    wallet: Decimal | None

    @property
    def agrees(self) -> bool:
        """Both books show the same balance."""
        return self.wallet == self.expected

    @property
    def difference(self) -> Decimal | None:
        """What the wallet shows too much (or, negative, too little)."""
        return None if self.wallet is None else EXACT.subtract(self.wallet, self.expected)


@dataclass(frozen=True, slots=True)
class GameResult:
    """A game in one currency (or, with ``currency`` empty, in all of them): money and returns to player."""

    game: str
    currency: str
    rounds: int
    stake: Decimal
    win: Decimal
    theoretical: Fraction
    actual: Fraction | None


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """The result of one run; times in seconds."""

    plan: SimulationPlan
    seconds: float
    rounds: int
    bets_accepted: int
    calls: Mapping[tuple[str, str], int]
    tricks: Mapping[str, int]
    retries: int
    hang_ups: int
    latency_p50: float
    latency_p95: float
    latency_p99: float
    games: tuple[GameResult, ...]
    violations: tuple[Violation, ...]
    violation_count: int
    comparisons: tuple[Comparison, ...]
    unsettled: tuple[str, ...]

    @property
    def differences(self) -> tuple[Comparison, ...]:
        """The players whose books differ, or whose balance the wallet did not tell."""
        return tuple(comparison for comparison in self.comparisons if not comparison.agrees)

    @property
    def answered(self) -> int:
        """Calls that got a readable answer."""
        return sum(count for (_, outcome), count in self.calls.items() if outcome not in ("no answer", "unreachable"))

    @property
    def passed(self) -> bool:
        """The books agree, nothing is in doubt, the contract was kept, and there was play."""
        return not (self.differences or self.unsettled or self.violation_count) and self.bets_accepted > 0

    @property
    def exit_code(self) -> int:
        """0 when passed, else 1."""
        return 0 if self.passed else 1


def report_make(
    *,
    plan: SimulationPlan,
    tally: Tally,
    seconds: float,
    comparisons: list[Comparison],
    unsettled: list[str],
) -> SimulationReport:
    """Put the report together from the merged tally and the final comparison."""
    return SimulationReport(
        plan=plan,
        seconds=seconds,
        rounds=tally.rounds,
        bets_accepted=tally.calls[("bet", "ok")],
        calls=dict(sorted(tally.calls.items())),
        tricks=dict(sorted(tally.tricks.items())),
        retries=tally.retries,
        hang_ups=tally.hang_ups,
        latency_p50=tally.latencies.percentile(50),
        latency_p95=tally.latencies.percentile(95),
        latency_p99=tally.latencies.percentile(99),
        games=tuple(_game_results(tally)),
        violations=tuple(tally.violations),
        violation_count=tally.violation_count,
        comparisons=tuple(sorted(comparisons, key=lambda one: (one.currency, one.player_id))),
        unsettled=tuple(unsettled),
    )


def _game_results(tally: Tally) -> list[GameResult]:
    results = []
    for game in GAMES:
        rows = {currency: row for (code, currency), row in sorted(tally.takings.items()) if code == game.code}
        stake = sum((row.stake_units for row in rows.values()), Fraction(0))
        win = sum((row.win_units for row in rows.values()), Fraction(0))
        theoretical = game.theoretical_rtp()
        for currency, row in rows.items():
            actual = row.win_units / row.stake_units if row.stake_units else None
            results.append(GameResult(game.code, currency, row.rounds, row.stake, row.win, theoretical, actual))
        if rows:
            rounds = sum(row.rounds for row in rows.values())
            results.append(GameResult(game.code, "", rounds, ZERO, ZERO, theoretical, win / stake if stake else None))
    return results
