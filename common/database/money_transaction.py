"""One database transaction in two round trips, for calls that move money.

`begin_with` sends BEGIN and the locking query together, `commit_with` the writing query and COMMIT together
(common/database/pipeline.py); the decision between them is Python. Inside a Django transaction a savepoint stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import pq

from common.database.pipeline import Statement, exchange

_BEGIN: Final = Statement("money_begin", "BEGIN")
_COMMIT: Final = Statement("money_commit", "COMMIT")
_SAVEPOINT: Final = Statement("money_savepoint", "SAVEPOINT money")
_RELEASE: Final = Statement("money_release", "RELEASE SAVEPOINT money")


class MoneyTransaction:
    """Not a context manager on purpose: each path through a call ends it by name.

    `writing` turns true when the outcome may no longer be known to the caller.
    """

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        self._wrapper = connections[using]
        self._wrapper.ensure_connection()
        self._raw: psycopg.Connection[Any] = self._wrapper.connection
        self._nested = self._wrapper.in_atomic_block
        self.writing = False

    def begin_with(self, statement: Statement, params: Sequence[object]) -> bytes:
        """Open the transaction and return the text of the statement's one value, in one round trip."""
        begin = _SAVEPOINT if self._nested else _BEGIN
        return exchange(self._raw, [(begin, ()), (statement, params)])[1].get_value(0, 0) or b""

    def commit_with(self, *steps: tuple[Statement, Sequence[object]]) -> None:
        """Write and commit, in one round trip. When it raises, `abandon` must follow."""
        self.writing = True
        exchange(self._raw, [*steps, (_RELEASE if self._nested else _COMMIT, ())])

    def abandon(self) -> None:
        """Give up the transaction; closes the connection when it can not even be told to."""
        status = self._raw.pgconn.transaction_status
        try:
            if status == pq.TransactionStatus.ACTIVE:  # an answer is still owed: this connection is of no use any more
                self._raw.close()
            elif status != pq.TransactionStatus.IDLE:
                self._raw.execute("ROLLBACK TO SAVEPOINT money" if self._nested else "ROLLBACK")
        except psycopg.Error:
            self._wrapper.close()
        if self._raw.closed:
            self._wrapper.close()
