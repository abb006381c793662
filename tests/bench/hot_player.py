"""One player with 64 connections of bets at once: what the row's lock does to latency, and whether anything breaks."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from tests.bench.houses import House
from tests.bench.load import measure_bets
from tests.bench.servers import BenchServers

CONNECTIONS = 64
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = %s"


def measure_hot_player(servers: BenchServers, house: House, seconds: float) -> dict[str, Any]:
    """The measurement, with `deadlocks` as PostgreSQL counted them."""
    first = json.loads(house.players.read_text(encoding="utf-8"))[:1]
    alone = house.players.with_name("hot-player.json")
    alone.write_text(json.dumps(first), encoding="utf-8")
    before = deadlocks(servers, house.database)
    measured = measure_bets(
        replace(house, players=alone),
        postmaster=servers.postmaster, connections=CONNECTIONS, seconds=seconds, seed=700,
    )  # fmt: skip
    return asdict(measured) | {"deadlocks": deadlocks(servers, house.database) - before}


def deadlocks(servers: BenchServers, database: str) -> int:
    """How many PostgreSQL has counted in the database so far."""
    with servers.owner() as connection:
        row = connection.execute(DEADLOCKS, [database]).fetchone()
    return int(str(row[0])) if row else 0
