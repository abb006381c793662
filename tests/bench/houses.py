"""The two wallets that are compared: their databases, their players, their web servers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.bets import Signer
from tests.bench.servers import CHECKOUT, DATABASE, OWNER, PLAIN, BenchServers
from tests.bench.web import Web

SIGNER = Signer(provider="sandbox", key_id="k1", secret="sandbox-secret", game_code="sandbox-slot", currency="EUR")
STEP_SECONDS = 3600  # verify_ledger over ten million entries takes many minutes
WALLET_PATH = "/api/wallet/v1/bet"
PLAIN_SETTINGS = "tests.bench.plain_orm.settings"
PLAIN_APPLICATION = "tests.bench.plain_orm.wsgi:application"


@dataclass(frozen=True)
class House:
    """One wallet: where its bets go, who plays, and the web server in front of it."""

    name: str
    database: str
    path: str
    players: Path
    web: Web

    def with_web(self, web: Web) -> House:
        """The same house behind another server."""
        return replace(self, web=web)


def wallet_house(servers: BenchServers, *, workers: int, threads: int, database: str = DATABASE) -> House:
    """The platform's own wallet."""
    name = "wallet" if database == DATABASE else "wallet-loaded"
    environment = servers.environment(database)
    web = Web(name, environment, servers.places.logs / f"{name}.log", workers=workers, threads=threads)
    return House(name, database, WALLET_PATH, servers.places.var / f"{name}-players.json", web)


def plain_house(servers: BenchServers, *, workers: int, threads: int) -> House:
    """The wallet written plainly with the ORM."""
    environment = servers.environment(PLAIN) | {"DATABASE_URL": servers.postgres.url(OWNER, PLAIN)}
    log = servers.places.logs / "plain.log"
    web = Web(
        "plain",
        environment,
        log,
        settings=PLAIN_SETTINGS,
        application=PLAIN_APPLICATION,
        workers=workers,
        threads=threads,
    )
    return House("plain", PLAIN, "/api/plain/bet", servers.places.var / "plain-players.json", web)


def prepare_wallet(house: House, players: int) -> None:
    """Tables, rates, the demonstration's house, and `players` players with money."""
    run_step(house, "manage.py", "migrate", "--verbosity", "0")
    run_step(house, "manage.py", "load_fx_rates", "--sample", "--as-of", "today")
    run_step(house, "manage.py", "seed_demo")
    run_step(house, "-m", "tests.bench.seed_wallet", str(players), str(house.players))


def prepare_plain(servers: BenchServers, house: House, players: int) -> None:
    """The plain wallet's database, its tables and as many players."""
    servers.create_database(PLAIN)
    run_step(house, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0", "--settings", PLAIN_SETTINGS)
    run_step(house, "-m", "tests.bench.plain_orm.seed", str(players), str(house.players))


def run_step(house: House, *arguments: str) -> str:
    """Run one Python command in the house's environment and return what it printed."""
    name = " ".join(arguments[:3])
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=CHECKOUT, env=house.web.environment, capture_output=True, text=True, check=False, timeout=STEP_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{name} for {house.name} took longer than {STEP_SECONDS} s") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(f"{name} for {house.name}: {said[-1] if said else done.returncode}")
    return done.stdout
