"""Several prepared statements in one round trip: libpq's pipeline mode, through psycopg's own binding of it.

psycopg's high-level pipeline costs a hot path more than the statements themselves (docs/benchmarks.md). Here
parameters go as text and results come back as text; the caller knows the types of both.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq

# Longer than any lock wait (LOCK_TIMEOUT_MS) and any commit.
SILENCE_MS: Final = 30_000
_FATAL: Final = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.BAD_RESPONSE)
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[bytes]] = WeakKeyDictionary()


class Statement:
    """A statement prepared once on each connection."""

    def __init__(self, name: str, query: str) -> None:
        self.name = name.encode()
        self.query = query.encode()


def parameters(values: Sequence[object]) -> list[bytes | None]:
    """Values in PostgreSQL's text form; a list becomes an array of the same. Raises TypeError for other types."""
    try:
        return [_TEXT_FORMS[type(value)](value) for value in values]
    except KeyError as error:
        raise TypeError(f"no text form for {error.args[0].__name__}") from None


def _array(items: list[object]) -> bytes:
    # Only numbers, currency codes and nulls ever stand in arrays here: nothing in them needs quoting.
    return b"{" + b",".join([b"NULL" if item is None else item for item in parameters(items)]) + b"}"


_TEXT_FORMS: Final[dict[type, Callable[[Any], bytes | None]]] = {
    type(None): lambda _: None,
    str: str.encode,
    bool: lambda value: b"t" if value else b"f",
    int: lambda value: b"%d" % value,
    Decimal: lambda value: format(value, "f").encode(),
    datetime: lambda value: value.isoformat().encode(),
    UUID: lambda value: str(value).encode(),
    bytes: lambda value: b"\\x" + value.hex().encode(),
    list: _array,
}


def exchange(
    connection: psycopg.Connection[Any], steps: Sequence[tuple[Statement, Sequence[object]]]
) -> list[pq.abc.PGresult]:
    """Run the steps in one round trip and return their results, in order.

    Raises the psycopg error of the first step that failed; the steps after it did not run.
    """
    pgconn = connection.pgconn
    known = _prepared.setdefault(connection, set())
    for statement, _ in steps:
        if statement.name not in known:
            _prepare(connection, statement)
            known.add(statement.name)
    # Written out before the pipeline begins: a value without text form must not leave it half sent.
    written = [(statement.name, parameters(params)) for statement, params in steps]
    pgconn.enter_pipeline_mode()
    try:
        for name, params in written:
            pgconn.send_query_prepared(name, params)
        pgconn.pipeline_sync()
        results = _collect(pgconn)
    finally:
        if pgconn.status == pq.ConnStatus.OK:
            pgconn.exit_pipeline_mode()
    for result in results:
        if result.status in _FATAL:
            raise psycopg.errors.error_from_result(result, encoding="utf-8")
    return results


def _prepare(connection: psycopg.Connection[Any], statement: Statement) -> None:
    result = connection.pgconn.prepare(statement.name, statement.query)
    if result.status in _FATAL:
        raise psycopg.errors.error_from_result(result, encoding="utf-8")


def _wait(poll: select.poll) -> None:
    """Raises psycopg.OperationalError when the server says nothing for so long that it must be gone."""
    if not poll.poll(SILENCE_MS):
        raise psycopg.OperationalError("the database has not answered in time")


def _collect(pgconn: pq.abc.PGconn) -> list[pq.abc.PGresult]:
    """Wait for the answers of the steps sent and the synchronisation behind them. Releases the GIL while waiting."""
    poll = select.poll()
    poll.register(pgconn.socket, select.POLLIN | select.POLLOUT)
    while pgconn.flush():
        _wait(poll)
        pgconn.consume_input()
    poll.modify(pgconn.socket, select.POLLIN)
    results: list[pq.abc.PGresult] = []
    synced = False
    while not synced:
        while pgconn.is_busy():
            _wait(poll)
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            continue
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            synced = True
        else:
            results.append(result)
    return results
