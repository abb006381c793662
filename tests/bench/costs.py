"""The cost of one bet: round trips, WAL and table bytes, with the call log told apart."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import quote

from common.services.valkey import free_port
from tests.bench.client import Job
from tests.bench.disk import growth, summed, table_sizes, wal_between, wal_position
from tests.bench.houses import SIGNER, House, run_step
from tests.bench.load import run_client
from tests.bench.servers import OWNER, WEB, BenchServers
from tests.bench.web import Web, running
from tests.bench.wire import tapped

LONGEST_SECONDS = 60.0
COUNTED_BETS = 300


def bets(house: House, web: Web, *, connections: int, count: int, seed: int) -> dict[str, int]:
    """Exactly `count` bets; returns how they ended."""
    job = Job(
        port=web.port,
        path=house.path,
        connections=connections,
        seconds=LONGEST_SECONDS,
        warm_seconds=0.0,
        requests=count,
        players_file=str(house.players),
        signer=SIGNER,
        watched={},
        seed=seed,
    )
    return run_client(job).outcomes


def round_trips(servers: BenchServers, house: House) -> dict[str, float]:
    """Round trips of one bet, counted between the web server and PostgreSQL; the call log's shipping left out."""
    user = WEB if house.name.startswith("wallet") else OWNER
    with tapped(servers.postgres.sockets) as (folder, tap):
        url = f"postgres://{user}@{quote(str(folder), safe='')}:5432/{house.database}"
        environment = house.web.environment | {"DATABASE_URL": url, "CALL_LOG_SHIP_MS": "0"}
        spool = servers.places.var / "app/call-log-wire"
        web = replace(house.web, environment=environment | {"CALL_LOG_SPOOL": str(spool)}, workers=1, threads=1)
        web.port = free_port()
        with running(web):
            bets(house, web, connections=1, count=COUNTED_BETS, seed=801)
            before = tap.counts()
            bets(house, web, connections=1, count=COUNTED_BETS, seed=802)
            counted = tap.counts().since(before)
    return {name: round(value / COUNTED_BETS, 3) for name, value in asdict(counted).items()}


def disk_cost(servers: BenchServers, house: House, count: int) -> dict[str, Any]:
    """WAL and table bytes of one bet at 16 connections; then those of the call log, shipped afterwards."""
    spool = servers.places.var / "app/call-log-disk"
    environment = house.web.environment | {"CALL_LOG_SHIP_MS": "0", "CALL_LOG_SPOOL": str(spool)}
    web = replace(house.web, environment=environment)
    web.port = free_port()
    with running(web):
        bets(house, web, connections=16, count=count // 4, seed=803)
        sizes, start = table_sizes(servers, house.database), wal_position(servers)
        bets(house, web, connections=16, count=count, seed=804)
        end, grown = wal_position(servers), growth(sizes, table_sizes(servers, house.database))
    booked = wal_between(servers, start, end)
    cost: dict[str, Any] = {
        "bets": count,
        "wal": round(booked.total / count),
        "wal_page_images": round(booked.page_images / count),
        **_table_bytes(summed(grown, call_log=False).heap, summed(grown, call_log=False).index, count),
        "tables": {name: _table_bytes(size.heap, size.index, count) for name, size in sorted(grown.items())},
    }
    if house.name.startswith("wallet"):
        cost["call_log"] = _call_log_cost(servers, house, environment, count + count // 4)
    return cost


def _call_log_cost(servers: BenchServers, house: House, environment: dict[str, str], count: int) -> dict[str, int]:
    sizes, start = table_sizes(servers, house.database), wal_position(servers)
    run_step(house.with_web(replace(house.web, environment=environment)), "manage.py", "ship_call_log")
    end, grown = wal_position(servers), growth(sizes, table_sizes(servers, house.database))
    shipped = wal_between(servers, start, end)
    log = summed(grown, call_log=True)
    return {
        "wal": round(shipped.total / count),
        "wal_page_images": round(shipped.page_images / count),
        **_table_bytes(log.heap, log.index, count),
    }


def _table_bytes(heap: int, index: int, count: int) -> dict[str, int]:
    return {"heap": round(heap / count), "index": round(index / count)}
