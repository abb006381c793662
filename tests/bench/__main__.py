"""`make bench`: measure, print the ratios, keep the figures."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import UTC, datetime
from typing import Any

from common.services.errors import ServicesError
from config.env import var_dir
from tests.bench.breakdown import latency_table, package_table
from tests.bench.cases import Results
from tests.bench.keeping import hot_line, keep, loaded_line, machine, show
from tests.bench.run import Plan, run_bench
from tests.bench.servers import CHECKOUT
from tests.bench.summary import as_text, cost_table, ratio_table, speed_table, target_table
from tests.bench.targets import Summary


def plan_read(arguments: list[str]) -> tuple[Plan, bool]:
    """What the command line asks for, and whether to write it to docs."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each case; the median counts")
    parser.add_argument("--players", type=int, default=1500, help="players who bet")
    parser.add_argument("--scale", type=int, default=20, help="pgbench's scale")
    parser.add_argument("--workers", type=int, default=2, help="granian's processes")
    parser.add_argument("--threads", type=int, default=8, help="granian's blocking threads in each process")
    parser.add_argument("--full", action="store_true", help="also with a large ledger (takes minutes)")
    parser.add_argument("--verify", action="store_true", help="with --full: prove the large ledger with verify_ledger")
    parser.add_argument("--loaded-players", type=int, default=1_000_000)
    parser.add_argument("--loaded-entries", type=int, default=10_000_000)
    parser.add_argument("--save", action="store_true", help="write the result to docs/benchmarks")
    said = parser.parse_args(arguments)
    plan = Plan(
        rounds=max(1, said.rounds),
        seconds=max(1.0, said.seconds),
        players=max(1, said.players),
        scale=said.scale,
        workers=said.workers,
        threads=said.threads,
        loaded=said.full,
        verify=said.verify,
        loaded_players=said.loaded_players,
        loaded_entries=said.loaded_entries,
    )
    return plan, said.save


def main(arguments: list[str]) -> int:
    """Run; 0 when all was measured, 1 when bets failed, 2 when the bench could not run."""
    plan, save = plan_read(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    now = datetime.now(UTC)
    about: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "machine": machine(),
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "players": plan.players,
        "pgbench_scale": plan.scale,
        "workers": plan.workers,
        "threads": plan.threads,
    }
    try:
        summary, results = run_bench(plan, var_dir() / "bench")
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return 130
    except (ServicesError, RuntimeError) as problem:
        sys.stderr.write(" ".join(str(problem).split()) + "\n")
        return 2
    summary |= about
    file = keep(summary, results_plain(results), var_dir() / "bench", now)
    tell(summary)
    if save:
        show(summary, CHECKOUT / "docs")
    sys.stdout.write(f"\nkept in {file.relative_to(CHECKOUT) if file.is_relative_to(CHECKOUT) else file}\n")
    return 1 if summary["failures"] else 0


def results_plain(results: Results) -> dict[str, Any]:
    """Every round of every case, as JSON has it."""
    return {case: {str(number): rounds for number, rounds in by.items()} for case, by in results.cases.items()}


def tell(summary: Summary) -> None:
    """The tables on the terminal."""
    for table in (speed_table, latency_table, package_table, cost_table, ratio_table, target_table):
        sys.stdout.write("\n" + as_text(table(summary)) + "\n")
    if loaded := summary.get("loaded"):
        sys.stdout.write("\n" + loaded_line(loaded) + "\n")
    sys.stdout.write("\n" + hot_line(summary["hot_player"]) + "\n")
    for case, outcomes in summary["failures"].items():
        sys.stdout.write(f"bets that failed, {case}: {outcomes}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
