"""pgbench's TPC-B-like transaction on the same server: the yardstick that everybody knows."""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import asdict

from tests.bench.client import Measurement
from tests.bench.processes import cpu_seconds
from tests.bench.servers import OWNER, PGBENCH, BenchServers


class Pgbench:
    """pgbench out of the server's own release, over the same Unix socket that the wallet uses."""

    def __init__(self, servers: BenchServers, scale: int) -> None:
        self.servers = servers
        self.scale = scale
        library = servers.programs.parent / "lib"
        self.environment = {**os.environ, "LD_LIBRARY_PATH": str(library)} if library.is_dir() else dict(os.environ)

    def prepare(self) -> None:
        """Fill its tables: 100,000 accounts and one branch for each unit of scale."""
        self.servers.create_database(PGBENCH)
        self._run("--initialize", "--quiet", f"--scale={self.scale}")

    def measure(self, clients: int, seconds: float, *, protocol: str = "simple") -> dict[str, object]:
        """Transactions a second and the CPU of both sides; "simple" is pgbench as it comes, "prepared" its fastest."""
        before = cpu_seconds(self.servers.postmaster)
        own = os.times()
        began = time.perf_counter()
        said = self._run(
            "--no-vacuum", f"--protocol={protocol}", f"--client={clients}", f"--jobs={min(clients, 2)}",
            f"--time={max(1, round(seconds))}",
        )  # fmt: skip
        elapsed = time.perf_counter() - began
        after = os.times()
        rate = float(_found(r"tps = ([\d.]+)", said))
        answers = int(_found(r"actually processed: (\d+)", said))
        own_cpu = after.children_user + after.children_system - own.children_user - own.children_system
        measured = Measurement(connections=clients, seconds=elapsed, answers=answers, rate=rate)
        measured.p50 = float(_found(r"latency average = ([\d.]+)", said))
        measured.cpu = {"postgres": cpu_seconds(self.servers.postmaster) - before, "client": own_cpu}
        measured.outcomes = {"200": answers}
        return asdict(measured)

    def _run(self, *options: str) -> str:
        where = ["--host", str(self.servers.postgres.sockets), "--username", OWNER, PGBENCH]
        done = subprocess.run(
            [self.servers.programs / "pgbench", *options, *where],
            env=self.environment, capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"pgbench: {done.stderr.strip()}")
        return done.stdout


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"pgbench said something else than expected: {text[-300:]!r}")
    return match[1]
