"""The cases that are measured side by side: every round runs all of them once, so that noise hits all alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from tests.bench.houses import House
from tests.bench.load import measure_bets
from tests.bench.servers import BenchServers
from tests.bench.tpcb import Pgbench

CONNECTIONS = (1, 16, 64)
MEDIANS = ("rate", "p50", "p95", "p99")


@dataclass
class Results:
    """Every measurement of every round: name of the case -> connections -> rounds."""

    cases: dict[str, dict[int, list[dict[str, Any]]]] = field(default_factory=dict)

    def add(self, case: str, measured: dict[str, Any]) -> None:
        self.cases.setdefault(case, {}).setdefault(int(measured["connections"]), []).append(measured)

    def typical(self, case: str, connections: int) -> dict[str, float]:
        """The median of each figure over the rounds; CPU in microseconds for each answer."""
        rounds = self.cases[case][connections]
        told = {name: median(float(one[name]) for one in rounds) for name in MEDIANS}
        watched = rounds[0]["cpu"]
        return told | {f"cpu_{name}": median(cpu_each(one, name) for one in rounds) for name in watched}

    def ratio(self, case: str, yardstick: str, connections: int) -> float:
        """The median over the rounds of rate ÷ rate, each pair measured one right after the other."""
        pairs = zip(self.cases[case][connections], self.cases[yardstick][connections], strict=True)
        return median(float(one["rate"]) / float(other["rate"]) for one, other in pairs)

    def cpu_ratio(self, case: str, yardstick: str, connections: int) -> float:
        """The same of Python's and PostgreSQL's CPU for each answer."""
        pairs = zip(self.cases[case][connections], self.cases[yardstick][connections], strict=True)
        return median(servers_cpu(one) / servers_cpu(other) for one, other in pairs)

    def failures(self) -> dict[str, dict[str, int]]:
        """Cases with answers other than 200, and how many of which."""
        found: dict[str, dict[str, int]] = {}
        for case, by_connections in self.cases.items():
            for connections, rounds in by_connections.items():
                for one in rounds:
                    for outcome, count in one["outcomes"].items():
                        if outcome != "200":
                            told = found.setdefault(f"{case} at {connections}", {})
                            told[outcome] = told.get(outcome, 0) + int(count)
        return found


def cpu_each(measured: dict[str, Any], name: str) -> float:
    """CPU microseconds for each answer."""
    return float(measured["cpu"][name]) / max(1, int(measured["answers"])) * 1e6


def servers_cpu(measured: dict[str, Any]) -> float:
    """CPU microseconds of web server and PostgreSQL for each answer."""
    return cpu_each(measured, "python") + cpu_each(measured, "postgres")


@dataclass(frozen=True)
class Rounds:
    """How often and for how long."""

    rounds: int
    seconds: float


def side_by_side(
    servers: BenchServers, pgbench: Pgbench, houses: list[House], plan: Rounds
) -> Iterator[tuple[str, dict[str, Any]]]:
    """pgbench and every house at each number of connections, round after round."""
    for number in range(plan.rounds):
        for connections in CONNECTIONS:
            yield "pgbench", pgbench.measure(connections, plan.seconds)
            yield "pgbench prepared", pgbench.measure(connections, plan.seconds, protocol="prepared")
            for house in houses:
                yield house.name, bets_of(servers, house, connections, plan.seconds, seed=number)


def bets_of(servers: BenchServers, house: House, connections: int, seconds: float, *, seed: int) -> dict[str, Any]:
    """One measurement of a house, as JSON has it."""
    return asdict(
        measure_bets(house, postmaster=servers.postmaster, connections=connections, seconds=seconds, seed=seed)
    )


def side_by_side_count(plan: Rounds, houses: int) -> int:
    """How many measurements `side_by_side` yields."""
    return plan.rounds * len(CONNECTIONS) * (2 + houses)
