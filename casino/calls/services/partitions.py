"""Monthly partitions: made ahead, dropped whole when they are too old. Both by functions that the owner left us."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from psycopg import Connection

AHEAD_MONTHS: Final = 2


def partitions_ensure(*, connection: Connection, now: datetime) -> int:
    """Make the partitions of this month and the next ones (UTC) where they are missing; returns how many."""
    first = now.astimezone(UTC).date().replace(day=1)
    made = 0
    for ahead in range(AHEAD_MONTHS + 1):
        month = _later(first, ahead)
        row = connection.execute("SELECT calls_partition_ensure(%s)", (month,)).fetchone()
        made += bool(row and row[0])
    return made


def _later(month: date, months: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, index + 1, 1)


def calls_purge(*, connection: Connection, keep_days: int) -> list[tuple[str, int]]:
    """Drop what is older than `keep_days` by the database's clock: (table, calls dropped) for each.

    Only whole months go; the database refuses fewer than 30 days.
    """
    rows = connection.execute("SELECT dropped, calls FROM calls_purge(%s)", (keep_days,)).fetchall()
    return [(str(name), int(calls)) for name, calls in rows]
