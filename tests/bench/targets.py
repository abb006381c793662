"""The figures that are promised (docs/benchmarks.md): what counts as done, what is aimed at, what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Summary = dict[str, Any]
Verdict = Literal["goal", "done", "missed", "not measured"]


@dataclass(frozen=True, slots=True)
class Target:
    """One figure. `at_least`: more is better; otherwise less is. `read` finds it in a summary, KeyError if absent."""

    figure: str
    done: float
    goal: float
    unit: str
    at_least: bool
    read: Callable[[Summary], float]

    def bound(self, value: float) -> str:
        """A bound as the table shows it."""
        return f"{'≥' if self.at_least else '≤'} {value:g}{self.unit}"

    def measured(self, summary: Summary) -> float | None:
        """What this run found, or None when it did not look."""
        try:
            return float(self.read(summary))
        except KeyError:
            return None

    def verdict(self, summary: Summary) -> Verdict:
        """How far the figure came."""
        value = self.measured(summary)
        if value is None:
            return "not measured"
        if self._reached(value, self.goal):
            return "goal"
        return "done" if self._reached(value, self.done) else "missed"

    def _reached(self, value: float, bound: float) -> bool:
        return value >= bound if self.at_least else value <= bound


def _table_bytes(summary: Summary) -> float:
    cost = summary["cost"]["wallet"]["disk"]
    return float(cost["heap"]) + float(cost["index"])


def _hot_failures(summary: Summary) -> float:
    hot = summary["hot_player"]
    refused = sum(count for outcome, count in hot["outcomes"].items() if outcome not in {"200", "503 busy"})
    return float(refused) + float(hot["deadlocks"])


TARGETS = (
    Target(
        "HTTP bets/s at 16 connections ÷ pgbench TPC-B at 16 clients", 0.35, 0.6, "", True,
        lambda s: s["ratios"]["wallet ÷ pgbench"]["16"],
    ),
    Target(
        "the same ÷ pgbench -M prepared (a stricter yardstick, promised to nobody)", 0.35, 0.6, "", True,
        lambda s: s["ratios"]["wallet ÷ pgbench prepared"]["16"],
    ),
    Target(
        "HTTP bets/s ÷ plain-ORM bet endpoint, at 16 connections", 3, 5, "", True,
        lambda s: s["ratios"]["wallet ÷ plain"]["16"],
    ),
    Target("p99 of a bet at 64 connections", 150, 50, " ms", False, lambda s: s["cases"]["wallet"]["64"]["p99"]),
    Target(
        "round trips per bet, transaction control included", 4, 2, "", False,
        # The cached facts that are refreshed once a second are no part of a bet.
        lambda s: round(s["cost"]["wallet"]["round_trips"]["trips"], 1),
    ),
    Target("WAL bytes per bet", 3000, 1500, "", False, lambda s: s["cost"]["wallet"]["disk"]["wal"]),
    Target("table bytes per bet, heap and indexes (1.5 KB = 1,536)", 1536, 800, "", False, _table_bytes),
    Target(
        "CPU per bet with 1 M players and 10 M entries ÷ empty", 1.3, 1.1, "", False, lambda s: s["loaded"]["cpu_ratio"]
    ),
    Target(
        "player at a glance with 1 M players and 10 M entries: p95", 400, 100, " ms", False,
        lambda s: s["loaded"]["first_screens"]["player"]["first look"]["p95"],
    ),
    Target(
        "facts of 1 M players and 10 M entries made anew: seconds", 600, 180, " s", False,
        lambda s: s["loaded"]["facts"]["rebuild_seconds"],
    ),
    Target(
        "slowest dashboard query over those facts", 5000, 1000, " ms", False,
        lambda s: max(s["loaded"]["facts"]["queries_ms"].values()),
    ),
    Target(
        "confirmation of a deposit, message received to balance visible: p95", 500, 200, " ms", False,
        lambda s: s["confirmations"]["p95"],
    ),
    Target(
        "export of 1 M rows as CSV, signed package on disk: rows a second", 30_000, 100_000, "", True,
        lambda s: s["exports"]["rows_per_second"],
    ),
    Target("the same: memory that grew", 128, 64, " MB", False, lambda s: s["exports"]["memory_mb"]),
    Target("one hot player, 64 connections: deadlocks, and errors but `busy`", 0, 0, "", False, _hot_failures),
    Target("one hot player, 64 connections: p99", float("inf"), 500, " ms", False, lambda s: s["hot_player"]["p99"]),
)  # fmt: skip
