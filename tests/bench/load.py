"""Bets at a house from a client process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.client import Job, Measurement
from tests.bench.houses import SIGNER, House
from tests.bench.servers import CHECKOUT

FASTEST = 6000
WARM_SECONDS = 0.7


def measure_bets(
    house: House, *, postmaster: int, connections: int, seconds: float, seed: int, players: Path | None = None
) -> Measurement:
    """Bets for `seconds`, after a short warm-up, with the CPU seconds of both servers and of the client."""
    job = Job(
        port=house.web.port,
        path=house.path,
        connections=connections,
        seconds=seconds,
        warm_seconds=WARM_SECONDS,
        requests=round((seconds + WARM_SECONDS) * FASTEST) + connections,
        players_file=str(players or house.players),
        signer=SIGNER,
        watched={"python": house.web.pid, "postgres": postmaster},
        seed=seed,
    )
    return run_client(job)


def run_client(job: Job) -> Measurement:
    """The client's answer to a job. Raises RuntimeError with its last words."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        input=json.dumps(asdict(job)), cwd=CHECKOUT, capture_output=True, text=True, check=False,
        timeout=job.seconds + job.warm_seconds + 120,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the load generator: {done.stderr.strip().splitlines()[-1]}")
    return Measurement(**json.loads(done.stdout))
