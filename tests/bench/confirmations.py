"""From a gateway's message to the player's balance: granian keeps it, Celery works it off, PostgreSQL credits.

    python -m tests.bench.confirmations --count 200 --together 4

Each message is timed from the first byte that leaves here until another connection reads the credited balance.
"""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

import psycopg

from casino.gateways.adapters.sandbox.signature import HEADER, mark_of
from common.services.processes import log_tail, start_child, stop_child, wait_until
from config.env import var_dir
from tests.bench.houses import House, run_step, wallet_house
from tests.bench.servers import CHECKOUT, DATABASE, OWNER, BenchServers
from tests.bench.web import running
from tests.gateways.sandbox.process import API_KEY, WEBHOOK_KEY, SandboxProcess

PATIENCE = 30.0
LOOK_EVERY = 0.002
WARM = 20
BALANCE = "SELECT balance FROM wallet_account WHERE player_id = %s AND kind = 'player_real'"


def measure_confirmations(servers: BenchServers, house: House, *, count: int, together: int) -> dict[str, Any]:
    """Confirm `count` deposits, `together` at a time; latencies in milliseconds, after some that warm up."""
    folder = servers.places.var / "gateway"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    gateway = SandboxProcess(folder).start()
    environment = house.web.environment | {
        "GATEWAY_SANDBOX_URL": f"{gateway.address}/sandbox", "GATEWAY_SANDBOX_API_KEY": API_KEY,
        "GATEWAY_SANDBOX_WEBHOOK_KEY": WEBHOOK_KEY,
    }  # fmt: skip
    house = house.with_web(replace(house.web, environment=environment))
    messages = folder / "messages.json"
    try:
        run_step(house, "-m", "tests.bench.seed_deposits", str(count + WARM), str(messages))
        waiting = [(int(player), body) for player, body in json.loads(messages.read_text(encoding="utf-8"))]
        with running(house.web), worker(house), ThreadPoolExecutor(together) as pool:
            url = servers.postgres.url(OWNER, DATABASE)
            list(pool.map(lambda one: confirm(house, url, *one), waiting[:WARM]))
            told = sorted(pool.map(lambda one: confirm(house, url, *one), waiting[WARM:]))
    finally:
        gateway.kill()
    cuts = quantiles(told, n=100, method="inclusive")
    return {"count": count, "together": together, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "most": told[-1]}


@contextmanager
def worker(house: House) -> Iterator[None]:
    """A Celery worker as in the demonstration."""
    log = Path(str(house.web.log) + ".worker")
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--loglevel", "INFO"]
    process = start_child([*command, "--concurrency", "2"], log=log, env=house.web.environment, cwd=CHECKOUT)
    try:
        if not wait_until(lambda: log.exists() and " ready." in log.read_text(errors="replace"), seconds=60):
            raise RuntimeError(f"the worker did not start: {log_tail(log)}")
        yield
    finally:
        stop_child(process, ask=signal.SIGTERM, seconds=10)


def confirm(house: House, url: str, player: int, body: str) -> float:
    """Milliseconds from the message to the balance. Raises RuntimeError when it is refused or never credited."""
    raw, moment = body.encode(), int(time.time())
    header = f"t={moment},v1={mark_of(key=WEBHOOK_KEY, moment=moment, body=raw)}"
    with psycopg.connect(url, autocommit=True) as database:
        line = http.client.HTTPConnection("127.0.0.1", house.web.port, timeout=PATIENCE)
        began = time.perf_counter()
        line.request("POST", "/api/pay/sandbox/v1/notify", raw, {"Content-Type": "application/json", HEADER: header})
        status = line.getresponse().status
        line.close()
        if status != 200:
            raise RuntimeError(f"the message was answered {status}")
        while time.perf_counter() - began < PATIENCE:
            row = database.execute(BALANCE, [player]).fetchone()
            if row is not None and row[0] > 0:
                return (time.perf_counter() - began) * 1000
            time.sleep(LOOK_EVERY)
    raise RuntimeError("a confirmed deposit was not credited")


def confirmations_line(told: dict[str, Any]) -> str:
    """The line of the report."""
    return (
        f"Confirmation of a deposit, message received to balance visible, {told['together']} at a time, "
        f"{told['count']} in all: p50 {told['p50']:.0f} ms, p95 {told['p95']:.0f} ms, p99 {told['p99']:.0f} ms, "
        f"most {told['most']:.0f} ms."
    )


def main(arguments: list[str]) -> int:
    """This figure alone, on servers of its own; 0 when p95 is within half a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--together", type=int, default=4)
    said = parser.parse_args(arguments)
    servers = BenchServers(var_dir() / "bench-confirmations")
    servers.start()
    try:
        house = wallet_house(servers, workers=2, threads=8)
        run_step(house, "manage.py", "migrate", "--verbosity", "0")
        run_step(house, "manage.py", "load_fx_rates", "--sample", "--as-of", "today")
        run_step(house, "manage.py", "seed_demo")
        told = measure_confirmations(servers, house, count=said.count, together=said.together)
    finally:
        servers.stop()
    sys.stdout.write(confirmations_line(told) + "\n")
    return 0 if told["p95"] < 500 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
