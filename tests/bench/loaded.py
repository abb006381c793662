"""A database with a large ledger, and the same bets in it beside the small one's."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from tests.bench.cases import Results, Rounds, bets_of
from tests.bench.costs import disk_cost
from tests.bench.houses import House
from tests.bench.loaded_rows import SESSIONS, STEPS, TABLES
from tests.bench.progress import Progress
from tests.bench.servers import BenchServers
from tests.bench.web import running

CONNECTIONS = 16
CHUNK_PLAYERS = 50_000
COST_BETS = 3000
FACTS = """
    SELECT (SELECT id FROM players_brand WHERE code = 'aurora') AS brand,
           (SELECT id FROM games_provider WHERE code = 'sandbox') AS provider,
           (SELECT g.id FROM games_game g WHERE g.code = 'sandbox-slot') AS game,
           (SELECT max(id) FROM players_player) AS player_base,
           (SELECT max(id) FROM wallet_account) AS account_base,
           (SELECT coalesce(max(id), 0) + 1 FROM play_round) AS round_base
"""
HOUSE_ACCOUNT = """
    WITH made AS (
        INSERT INTO wallet_account (kind, scope, currency, version, opened_at)
        VALUES (%(kind)s, %(scope)s, 'EUR', 0, now())
        ON CONFLICT DO NOTHING RETURNING id
    )
    SELECT id FROM made UNION ALL
    SELECT id FROM wallet_account WHERE kind = %(kind)s AND scope = %(scope)s AND currency = 'EUR' LIMIT 1
"""


def prepare_loaded(
    servers: BenchServers, house: House, players: int, entries: int, active: int, progress: Progress
) -> None:
    """Fill the house's database, a copy of the freshly seeded one, and give `active` of its players a session."""
    bets = max(1, (entries // players - 2) // 2)
    with servers.owner(house.database) as connection:
        facts = facts_of(connection) | {"bets": bets, "total": players}
        facts["began"] = datetime.now(UTC) - timedelta(days=30)
        triggers(connection, "DISABLE")
        connection.execute("SET synchronous_commit = off")
        for low in range(0, players, CHUNK_PLAYERS):
            progress.note(f"loading: {low:,} of {players:,} players")
            facts |= {"low": low, "high": min(players, low + CHUNK_PLAYERS)}
            with connection.transaction():
                for step in STEPS:
                    connection.execute(step.encode(), facts)
        triggers(connection, "ENABLE")
        sequences(connection)
        found = connection.execute(SESSIONS.encode(), facts | {"every": max(1, players // active)}).fetchall()
        house.players.write_text(json.dumps(found), encoding="utf-8")
        for table in (*TABLES, "play_gamesession"):
            progress.note(f"vacuum and analyze: {table}")
            connection.execute(f"VACUUM (ANALYZE) {table}".encode())
        connection.execute("CHECKPOINT")


def facts_of(connection: Connection[Any]) -> dict[str, Any]:
    """The ids that the rows refer to."""
    facts: dict[str, Any] = {}
    for name, kind, scope in (("clearing", "payment_clearing", "bench"), ("gaming", "gaming", "sandbox")):
        found = connection.execute(HOUSE_ACCOUNT, {"kind": kind, "scope": scope}).fetchone()
        assert found is not None
        facts[name] = found[0]
    # Read after the house accounts are there: the players' accounts are numbered on from the last one.
    cursor = connection.execute(FACTS)
    row = cursor.fetchone()
    assert row is not None
    assert cursor.description is not None
    facts |= {column.name: value for column, value in zip(cursor.description, row, strict=True)}
    return facts


def triggers(connection: Connection[Any], switch: str) -> None:
    """Guards off while rows are loaded whose soundness verify_ledger proves afterwards, and on again."""
    for table in TABLES:
        connection.execute(f"ALTER TABLE {table} {switch} TRIGGER USER".encode())


def sequences(connection: Connection[Any]) -> None:
    """Ids go on after the loaded ones."""
    for table in ("players_player", "wallet_account", "play_round"):
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))".encode()
        )


def measure_loaded(servers: BenchServers, small: House, large: House, plan: Rounds, results: Results) -> dict[str, Any]:
    """Bets in turn with the small and the large ledger at 16 connections; ratios large ÷ small."""
    with ExitStack() as stack:
        for house in (small, large):
            stack.enter_context(running(house.web))
            bets_of(servers, house, CONNECTIONS, plan.seconds, seed=901)
        for number in range(plan.rounds):
            for case, house in (("small ledger", small), ("large ledger", large)):
                results.add(case, bets_of(servers, house, CONNECTIONS, plan.seconds, seed=910 + number))
    costs = {house.name: disk_cost(servers, house, COST_BETS) for house in (small, large)}
    before, after = costs[small.name], costs[large.name]
    return {
        "cpu_ratio": round(results.cpu_ratio("large ledger", "small ledger", CONNECTIONS), 3),
        "rate_ratio": round(results.ratio("large ledger", "small ledger", CONNECTIONS), 3),
        "wal_ratio": round(logical_wal(after) / logical_wal(before), 3),
        "table_ratio": round((after["heap"] + after["index"]) / (before["heap"] + before["index"]), 3),
        "small": results.typical("small ledger", CONNECTIONS),
        "large": results.typical("large ledger", CONNECTIONS),
        "disk": costs,
    }


def logical_wal(cost: dict[str, Any]) -> float:
    """WAL bytes without page images, which depend on how long ago the last checkpoint was."""
    return float(cost["wal"]) - float(cost["wal_page_images"])
