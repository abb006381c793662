"""The sign of life of a run, and how far it is: told every second on a connection of its own.

The run itself is inside one long read-only transaction and can tell nobody. When the export was cancelled, or another
worker took it over, the run's query is cancelled and the next word to `heard` raises `Stopped`.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Final
from uuid import UUID

from django.db import connection

SECONDS: Final = 1.0
_BEAT: Final = """
    UPDATE exports_export SET beat_at = clock_timestamp(), rows_done = %s, rows_total = coalesce(%s, rows_total)
    WHERE id = %s AND lease = %s AND state = 'running'
"""


class Stopped(Exception):  # noqa: N818 - no error: somebody wanted it
    """The export is not this run's any more."""


class Heartbeat:
    """Beats from `with` to its end."""

    def __init__(self, export_id: int, lease: UUID, *, seconds: float = SECONDS) -> None:
        self.rows = 0
        self.total: int | None = None
        self._key = (export_id, lease)
        self._seconds = seconds
        self._lost = threading.Event()
        self._end = threading.Event()
        self._reader: Any = connection.connection
        self._thread = threading.Thread(target=self._run, name="export-heartbeat", daemon=True)

    def heard(self, rows: int) -> None:
        """So many rows are written. Raises Stopped."""
        self.rows = rows
        if self._lost.is_set():
            raise Stopped

    @property
    def lost(self) -> bool:
        """Whether the export is somebody else's, or nobody's, by now."""
        return self._lost.is_set()

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        beats = connection.copy()
        try:
            while not self._end.wait(self._seconds):
                with beats.cursor() as cursor:
                    cursor.execute(_BEAT, [self.rows, self.total, *self._key])
                    if cursor.rowcount == 0:
                        self._lost.set()
                        self._reader.cancel_safe(timeout=5)
                        return
        finally:
            beats.close()
