"""What the gateway remembers, in one SQLite file: every answer is written before it is given, so kill -9 loses none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

SCHEMA = Path(__file__).with_name("books.sql")
Row = sqlite3.Row


class Books:
    """One connection behind one lock; every use is a transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(SCHEMA.read_text(encoding="utf-8"))

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The books, alone: committed at the end, rolled back by an exception."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def setting(self, name: str, default: str = "") -> str:
        """A kept setting."""
        with self.open() as db:
            row = db.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
        return default if row is None else str(row["value"])

    def setting_keep(self, name: str, value: str) -> None:
        """Keep a setting over restarts."""
        with self.open() as db:
            db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [name, value])
