"""One database transaction in two round trips, for calls that move money.

`begin_with` sends BEGIN and the locking query together, `commit_with` the writing query and COMMIT together
(libpq's pipeline mode); the decision between them is Python. Inside a Django transaction a savepoint stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.rows import tuple_row


class MoneyTransaction:
    """Not a context manager on purpose: each path through a call ends it by name.

    `writing` turns true when the outcome may no longer be known to the caller.
    """

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        self._wrapper = connections[using]
        self._wrapper.ensure_connection()
        self._raw: psycopg.Connection[Any] = self._wrapper.connection
        nested = self._wrapper.in_atomic_block
        self.writing = False
        self._begin = "SAVEPOINT money" if nested else "BEGIN"
        self._commit = "RELEASE SAVEPOINT money" if nested else "COMMIT"
        self._rollback = "ROLLBACK TO SAVEPOINT money" if nested else "ROLLBACK"

    def _cursor(self) -> psycopg.ClientCursor[tuple[Any, ...]]:
        return psycopg.ClientCursor(self._raw, row_factory=tuple_row)

    def begin_with(self, query: str, params: Sequence[Any]) -> tuple[Any, ...]:
        """Open the transaction and return the query's one row, in one round trip."""
        cursor = self._cursor()
        cursor.execute(f"{self._begin}; {query}", params)
        cursor.nextset()
        row = cursor.fetchone()
        if row is None:
            raise RuntimeError("the locking query must return one row")
        return row

    def execute(self, query: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """A further query inside the transaction: one more round trip, for the rare calls that need it."""
        cursor = self._cursor()
        cursor.execute(query, params)
        return cursor.fetchall() if cursor.description else []

    def commit_with(self, query: str, params: Sequence[Any]) -> None:
        """Write and commit, in one round trip. When it raises, `abandon` must follow."""
        self.writing = True
        self._cursor().execute(f"{query}; {self._commit}", params)

    def abandon(self) -> None:
        """Give up the transaction; closes the connection when it can not even be told to."""
        try:
            self._raw.execute(self._rollback)
        except psycopg.Error:
            self._wrapper.close()
