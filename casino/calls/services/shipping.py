"""From the spool into PostgreSQL: each file in one COPY, removed once it is committed. Safe to repeat anywhere."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import Connection, sql

from casino.calls.lines import COLUMNS, line_values
from casino.calls.spool.files import complete_files, file_taken

_log: Final = logging.getLogger(__name__)
_NAMES: Final = sql.SQL(", ").join(sql.Identifier(name) for name in COLUMNS)
_COPY: Final = sql.SQL("COPY calls_providercall ({}) FROM STDIN").format(_NAMES)
_INSERT: Final = sql.SQL(
    "INSERT INTO calls_providercall ({}) VALUES ({}) ON CONFLICT (received_at, id) DO NOTHING"
).format(_NAMES, sql.SQL(", ").join([sql.Placeholder()] * len(COLUMNS)))


@dataclass(frozen=True, slots=True)
class Shipment:
    """What one pass over the spool did."""

    files: int = 0
    calls: int = 0
    refused: int = 0


def spool_ship(*, connect: Callable[[], Connection], folder: Path) -> Shipment:
    """Ship every complete file of `folder`, oldest first.

    `connect` gives a connection in autocommit mode and is called only when there is something to ship.

    A file goes only after its calls are committed; dying in between ships it again, and the calls' own ids make
    that harmless. Raises psycopg.Error when the database can not take it now; the files stay.
    """
    files = calls = refused = 0
    for path in complete_files(folder):
        with file_taken(path) as content:
            if content is None:
                continue
            failed = _shipped(connect(), content) if content else []
            if failed:
                _set_aside(path, failed)
            os.unlink(path)
        files += 1
        calls += content.count(b"\n") - len(failed)
        refused += len(failed)
    return Shipment(files, calls, refused)


def _shipped(connection: Connection, content: bytes) -> list[bytes]:
    """Write the lines; returns those that the database refuses for what is in them."""
    try:
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(content)
    except (psycopg.errors.UniqueViolation, psycopg.DataError):
        return [line for line in content.splitlines(keepends=True) if not _inserted(connection, line)]
    return []


def _inserted(connection: Connection, line: bytes) -> bool:
    try:
        connection.execute(_INSERT, line_values(line.removesuffix(b"\n")))
    except (ValueError, psycopg.DataError, psycopg.IntegrityError) as problem:
        _log.error("A line of the call log is refused and set aside: %s", " ".join(str(problem).split()))
        return False
    return True


def _set_aside(path: Path, lines: list[bytes]) -> None:
    """Keep refused lines in a file that no shipper takes, for a person to look at."""
    path.with_name(f"{path.name}.refused").write_bytes(b"".join(lines))
