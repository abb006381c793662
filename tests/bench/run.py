"""One run of the bench from an empty cluster to the tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.cases import Results, Rounds, bets_of, side_by_side, side_by_side_count
from tests.bench.confirmations import measure_confirmations
from tests.bench.costs import disk_cost, round_trips
from tests.bench.hot_player import measure_hot_player
from tests.bench.houses import House, plain_house, prepare_plain, prepare_wallet, run_step, wallet_house
from tests.bench.loaded import measure_loaded, prepare_loaded
from tests.bench.progress import Progress
from tests.bench.servers import DATABASE, LOADED, BenchServers
from tests.bench.summary import summarize
from tests.bench.targets import Summary
from tests.bench.tpcb import Pgbench
from tests.bench.web import running

PREPARATIONS, COSTS, INSIDE, CONFIRMATIONS = 4, 4, 1, 1
EXPORTS, EXPORT_ROWS = 1, 1_000_000


@dataclass(frozen=True)
class Plan:
    """What to measure, and how thoroughly."""

    rounds: int
    seconds: float
    players: int
    scale: int
    workers: int
    threads: int
    loaded: bool
    verify: bool
    loaded_players: int
    loaded_entries: int

    def steps(self) -> int:
        """How many steps the progress bar has."""
        return (
            PREPARATIONS
            + side_by_side_count(Rounds(self.rounds, self.seconds), 2)
            + 1
            + COSTS
            + CONFIRMATIONS
            + EXPORTS
            + (4 + self.verify) * self.loaded
        )


@dataclass
class Bench:
    """The servers of one run, and what was measured so far."""

    plan: Plan
    servers: BenchServers
    progress: Progress
    results: Results

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        """Do one step under its name."""
        self.progress.begin(name)
        done = work()
        self.progress.done()
        return done

    def run(self) -> Summary:
        """Everything in order."""
        plan, servers = self.plan, self.servers
        self.step("PostgreSQL and Valkey", servers.start)
        told = servers.described()
        wallet = wallet_house(servers, workers=plan.workers, threads=plan.threads)
        plain = plain_house(servers, workers=plan.workers, threads=plan.threads)
        pgbench = Pgbench(servers, plan.scale)
        self.step("wallet: tables and players", lambda: prepare_wallet(wallet, plan.players))
        if plan.loaded:
            self.servers.create_database(LOADED, template=DATABASE)
        self.step("plain ORM wallet: tables and players", lambda: prepare_plain(servers, plain, plan.players))
        self.step(f"pgbench: scale {plan.scale}", pgbench.prepare)
        extra: dict[str, Any] = {"server": told, "hot_player": self.speed(pgbench, wallet, plain)}
        extra["cost"] = {house.name: self.cost(house) for house in (wallet, plain)}
        extra["inside"] = json.loads(
            self.step(
                "inside the web process", lambda: run_step(wallet, "-m", "tests.bench.inside", str(wallet.players))
            )
        )
        extra["confirmations"] = self.step(
            "confirmations of deposits", lambda: measure_confirmations(servers, wallet, count=200, together=4)
        )
        extra["exports"] = json.loads(
            self.step(
                f"an export of {EXPORT_ROWS:,} rows",
                lambda: run_step(wallet, "-m", "tests.bench.exports", f"{EXPORT_ROWS}"),
            )
        )
        if plan.loaded:
            extra["loaded"] = self.loaded(wallet)
        return summarize(self.results, extra)

    def speed(self, pgbench: Pgbench, wallet: House, plain: House) -> dict[str, Any]:
        """pgbench and both wallets side by side, then the hot player."""
        plan = Rounds(self.plan.rounds, self.plan.seconds)
        with ExitStack() as stack:
            for house in (wallet, plain):
                stack.enter_context(running(house.web))
                bets_of(self.servers, house, 16, 1.0, seed=900)
            for name, measured in side_by_side(self.servers, pgbench, [wallet, plain], plan):
                self.results.add(name, measured)
                self.progress.begin(f"{name} at {measured['connections']}: {measured['rate']:,.0f}/s")
                self.progress.done()
            hot: dict[str, Any] = self.step(
                "one hot player", lambda: measure_hot_player(self.servers, wallet, max(self.plan.seconds, 4.0))
            )
        return hot

    def cost(self, house: House) -> dict[str, Any]:
        """Round trips and bytes of one bet."""
        # Files grow by whole extents: over fewer bets their unused ends would weigh up to 5 %.
        count = 12_000 if house.name == "wallet" else 1000
        return {
            "round_trips": self.step(f"{house.name}: round trips", lambda: round_trips(self.servers, house)),
            "disk": self.step(f"{house.name}: WAL and table bytes", lambda: disk_cost(self.servers, house, count)),
        }

    def loaded(self, wallet: House) -> dict[str, Any]:
        """The same bets with a large ledger, beside the small one."""
        plan = self.plan
        large = self.large_house()
        self.step(
            f"loading {plan.loaded_players:,} players and {plan.loaded_entries:,} entries",
            lambda: prepare_loaded(
                self.servers, large, plan.loaded_players, plan.loaded_entries, plan.players, self.progress
            ),
        )
        told: dict[str, Any] = self.step(
            "bets with a large ledger",
            lambda: measure_loaded(self.servers, wallet, large, Rounds(plan.rounds, plan.seconds), self.results),
        )
        told |= {"players": plan.loaded_players, "entries": plan.loaded_entries}
        told["first_screens"] = json.loads(
            self.step("first screens of the back office", lambda: run_step(large, "-m", "tests.bench.first_screens"))
        )
        told["facts"] = json.loads(
            self.step("facts of the large ledger", lambda: run_step(large, "-m", "tests.bench.reporting_facts"))
        )
        if plan.verify:
            said = self.step("verify_ledger", lambda: run_step(large, "manage.py", "verify_ledger"))
            told["verified"] = said.strip().splitlines()[-1]
        return told

    def large_house(self) -> House:
        """The wallet whose database holds the large ledger."""
        return wallet_house(self.servers, workers=self.plan.workers, threads=self.plan.threads, database=LOADED)


def run_bench(plan: Plan, var: Path) -> tuple[Summary, Results]:
    """Servers up, everything measured, servers down, whatever happens."""
    servers, progress, results = BenchServers(var), Progress(plan.steps()), Results()
    try:
        return Bench(plan, servers, progress, results).run(), results
    finally:
        progress.close()
        servers.stop()
