"""What one verification looks at: everything, or what was booked after a seal; read in windows of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db import connection

from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.seals import boundary_after

WINDOW_ROWS: Final = 100_000
WINDOW_ACCOUNTS: Final = 400_000
FETCH_ROWS: Final = 1_000


def _ignore(_rows: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Scope:
    """`since_seal` 0 is everything; otherwise rows with `since_order` <= commit_order, and accounts that they moved.

    Checks read within the caller's transaction and call `checked` with the number of rows they went through.
    """

    since_seal: int = 0
    since_order: int = 0
    checked: Callable[[int], None] = field(default=_ignore)

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.since_seal == 0

    @cached_property
    def orders(self) -> list[dict[str, int]]:
        """Windows of commit orders, `low` <= order < `high`, each with a bounded number of rows."""
        windows: list[dict[str, int]] = []
        end = self._end()
        low = self.since_order
        while (high := boundary_after(low, end, sealed_kinds(), limit=WINDOW_ROWS)) is not None:
            windows.append({"low": low, "high": high})
            low = high
        return windows

    @cached_property
    def accounts(self) -> list[dict[str, int]]:
        """Windows of account ids, `low` < id <= `high`; one that holds all ids when only a part is looked at."""
        if not self.everything:
            return [{"low": 0, "high": 2**62}]
        windows: list[dict[str, int]] = []
        low = 0
        query = "SELECT id FROM wallet_account WHERE id > %s ORDER BY id OFFSET %s LIMIT 1"
        while row := next(self.rows(query, [low, WINDOW_ACCOUNTS - 1]), None):
            windows.append({"low": low, "high": row[0]})
            low = row[0]
        return [*windows, {"low": low, "high": 2**62}]

    def rows(self, query: str, parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Stream a query's rows with a server-side cursor."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, parameters)
            while rows := cursor.fetchmany(FETCH_ROWS):
                yield from rows

    def count(self, query: str, parameters: Any = None) -> int:
        """The one number that a query gives."""
        return int(next(self.rows(query, parameters))[0])

    def each_order_window(self, query: str, **more: Any) -> Iterator[tuple[Any, ...]]:
        """Rows of a query with `low` and `high`, window by window; counts the ledger's transactions in each."""
        for window in self.orders:
            yield from self.rows(query, {**window, **more})
            self.checked(self._transactions(window["low"], window["high"]))

    def _transactions(self, low: int, high: int) -> int:
        known = self._counted.get((low, high))
        if known is None:
            query = "SELECT count(*) FROM wallet_transaction WHERE commit_order >= %s AND commit_order < %s"
            known = self._counted[low, high] = self.count(query, [low, high])
        return known

    @cached_property
    def _counted(self) -> dict[tuple[int, int], int]:
        return {}

    def _end(self) -> int:
        tables = ("wallet_transaction", "wallet_recordedanswer")
        tops = [self.count(f"SELECT coalesce(max(commit_order), -1) + 1 FROM {table}") for table in tables]  # noqa: S608
        return max(self.since_order, *tops)
