"""What bets leave on disk: WAL, and growth of tables and indexes, with the call log told apart."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.bench.servers import BenchServers

SIZES = """
    SELECT c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid) FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Bytes:
    """A table's heap (with TOAST and maps) and its indexes."""

    heap: int
    index: int


@dataclass(frozen=True, slots=True)
class Wal:
    """Bytes of WAL records, and of the full-page images that follow a checkpoint's first touch of a page."""

    total: int
    page_images: int


def table_sizes(servers: BenchServers, database: str) -> dict[str, Bytes]:
    """Every table of the database."""
    with servers.owner(database) as connection:
        rows = connection.execute(SIZES).fetchall()
    return {str(name): Bytes(int(str(heap)), int(str(index))) for name, heap, index in rows}


def growth(before: dict[str, Bytes], after: dict[str, Bytes]) -> dict[str, Bytes]:
    """Tables that grew, and by how much."""
    none = Bytes(0, 0)
    grown = {
        name: Bytes(size.heap - before.get(name, none).heap, size.index - before.get(name, none).index)
        for name, size in after.items()
    }
    return {name: size for name, size in grown.items() if size.heap or size.index}


def summed(grown: dict[str, Bytes], *, call_log: bool) -> Bytes:
    """All of the call log's tables, or all others."""
    chosen = [size for name, size in grown.items() if name.startswith("calls_") == call_log]
    return Bytes(sum(size.heap for size in chosen), sum(size.index for size in chosen))


def wal_position(servers: BenchServers) -> str:
    """The place in the WAL up to which everything is written and flushed."""
    with servers.owner() as connection:
        connection.execute("SELECT pg_logical_emit_message(false, 'bench', 'mark', true)")
        row = connection.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()
    assert row is not None
    return str(row[0])


def wal_between(servers: BenchServers, start: str, end: str) -> Wal:
    """Read the WAL itself: the whole server's, so nobody else may be writing."""
    data = servers.postgres.data / "pg_wal"
    command: list[str | Path] = [
        servers.programs / "pg_waldump",
        "--path",
        data,
        "--start",
        start,
        "--end",
        end,
        "--stats",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    found = re.search(r"^Total\s+\d+\s+(\d+) \[.*?\]\s+(\d+) \[.*?\]\s+(\d+)", done.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"pg_waldump: {(done.stderr or done.stdout).strip()[-300:]}")
    return Wal(total=int(found[3]), page_images=int(found[2]))
