"""The provider's own books: wallets and movements in a file, each movement durable before anybody hears of it.

Amounts are in hundredths of the currency's unit. A movement is booked at most once under its reference; asked again,
it tells what it told the first time.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS wallet (player TEXT, currency TEXT, cents INTEGER NOT NULL CHECK (cents >= 0),
        PRIMARY KEY (player, currency));
    CREATE TABLE IF NOT EXISTS movement (reference TEXT PRIMARY KEY, kind TEXT, player TEXT, currency TEXT,
        cents INTEGER, status TEXT, code TEXT);
    CREATE TABLE IF NOT EXISTS round (id INTEGER PRIMARY KEY, player TEXT, currency TEXT, stake INTEGER, win INTEGER);
    CREATE TABLE IF NOT EXISTS seat (token TEXT PRIMARY KEY, player TEXT, currency TEXT, game TEXT, mode TEXT);
"""


@dataclass(frozen=True)
class Booked:
    """A movement as the books keep it; `status` is done or refused."""

    status: str
    cents: int
    code: str = ""


class Books:
    """One file; every method is one durable transaction."""

    def __init__(self, place: Path) -> None:
        self._lock = Lock()
        self._file = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.executescript(_TABLES)

    def credit(self, reference: str, player: str, currency: str, cents: int) -> Booked:
        """Money comes; under a known reference only its first answer comes again, if it is the same movement."""
        with self._lock, self._transaction():
            known = self._movement(reference)
            if known is not None:
                same = known[1:5] == ("credit", player, currency, cents)
                return Booked(known[5], known[4], known[6]) if same else Booked("refused", 0, "reference_taken")
            self._move(player, currency, cents)
            self._keep(reference, "credit", player, currency, cents)
            return Booked("done", cents)

    def debit_all(self, reference: str, player: str, currency: str) -> Booked:
        """Everything goes."""
        with self._lock, self._transaction():
            known = self._movement(reference)
            if known is not None:
                same = known[1:4] == ("debit", player, currency)
                return Booked(known[5], known[4], known[6]) if same else Booked("refused", 0, "reference_taken")
            cents = self._cents(player, currency)
            self._move(player, currency, -cents)
            self._keep(reference, "debit", player, currency, cents)
            return Booked("done", cents)

    def status(self, reference: str) -> tuple[Booked, str] | None:
        """A movement with its currency, or None."""
        with self._lock:
            known = self._movement(reference)
            return None if known is None else (Booked(known[5], known[4], known[6]), known[3])

    def balance(self, player: str, currency: str) -> int:
        """What the player has here."""
        with self._lock:
            return self._cents(player, currency)

    def seat(self, token: str, player: str, currency: str, game: str, mode: str) -> None:
        """A game is open for a player."""
        with self._lock:
            self._file.execute("INSERT INTO seat VALUES (?, ?, ?, ?, ?)", (token, player, currency, game, mode))

    def seated(self, token: str) -> tuple[str, str, str, str] | None:
        """Player, currency, game and mode of an open game."""
        with self._lock:
            row = self._file.execute("SELECT player, currency, game, mode FROM seat WHERE token = ?", (token,))
            found: tuple[str, str, str, str] | None = row.fetchone()
            return found

    def play(self, player: str, currency: str, stake: int, win: int | None = None) -> tuple[int, int] | None:
        """One round: the stake goes, the win comes; without a win one is drawn. None: not enough money."""
        with self._lock, self._transaction():
            if self._cents(player, currency) < stake:
                return None
            won = win if win is not None else stake * random.choices((0, 1, 2, 10), (60, 20, 15, 2))[0]  # noqa: S311
            self._move(player, currency, won - stake)
            self._file.execute(
                "INSERT INTO round (player, currency, stake, win) VALUES (?, ?, ?, ?)", (player, currency, stake, won)
            )
            return won, self._cents(player, currency)

    def told(self) -> dict[str, Any]:
        """All of it, for whoever compares books."""
        with self._lock:
            wallets = self._file.execute("SELECT player, currency, cents FROM wallet WHERE cents > 0").fetchall()
            moves = self._file.execute(
                "SELECT reference, kind, player, currency, cents, status FROM movement"
            ).fetchall()
            rounds = self._file.execute(
                "SELECT player, currency, sum(stake), sum(win), count(*) FROM round GROUP BY 1, 2"
            ).fetchall()
        return {"wallets": wallets, "movements": moves, "rounds": rounds}

    def _transaction(self) -> sqlite3.Connection:
        self._file.execute("BEGIN IMMEDIATE")
        return self._file

    def _cents(self, player: str, currency: str) -> int:
        row = self._file.execute("SELECT cents FROM wallet WHERE player = ? AND currency = ?", (player, currency))
        found = row.fetchone()
        return 0 if found is None else int(found[0])

    def _move(self, player: str, currency: str, cents: int) -> None:
        self._file.execute("INSERT OR IGNORE INTO wallet VALUES (?, ?, 0)", (player, currency))
        self._file.execute(
            "UPDATE wallet SET cents = cents + ? WHERE player = ? AND currency = ?", (cents, player, currency)
        )

    def _movement(self, reference: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._file.execute(
            "SELECT * FROM movement WHERE reference = ?", (reference,)
        ).fetchone()
        return found

    def _keep(self, reference: str, kind: str, player: str, currency: str, cents: int) -> None:
        self._file.execute(
            "INSERT INTO movement VALUES (?, ?, ?, ?, ?, 'done', '')", (reference, kind, player, currency, cents)
        )
