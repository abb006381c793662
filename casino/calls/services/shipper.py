"""The thread of each web process that brings its calls to the database, so that the admin shows them at once."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from typing import Final

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection

from casino.calls.services.connection import log_connection
from casino.calls.services.partitions import partitions_ensure
from casino.calls.services.shipping import spool_ship
from casino.calls.spool.files import spool_folder
from casino.calls.spool.writer import SpoolWriter
from common.clock import utc_now

_log: Final = logging.getLogger(__name__)
MAX_PAUSE_SECONDS: Final = 10.0
IDLE_SECONDS: Final = 60.0


class Shipper:
    """Ships every CALL_LOG_SHIP_MS; 0 leaves it to `manage.py ship_call_log` and its Celery task.

    Whatever goes wrong, the files stay and it tries again, ever more slowly.
    """

    def __init__(self, writer: SpoolWriter) -> None:
        self._writer = writer
        self._exit_registered = False
        self.forget()

    def forget(self) -> None:
        """The state of a process that has not started its thread: at birth, and in a forked child."""
        self.started = False
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._start = threading.Lock()
        self._connection: BaseDatabaseWrapper | None = None
        self._month = ""
        self._used = 0.0
        self._failing = False

    def start(self) -> None:
        """Start the thread, once a process."""
        with self._start:
            if self.started:
                return
            self.started = True
            if settings.CALL_LOG_SHIP_MS:
                self._thread = threading.Thread(target=self._run, name="call-log-shipper", daemon=True)
                self._thread.start()
                if not self._exit_registered:
                    self._exit_registered = True
                    atexit.register(self.stop)

    def stop(self, seconds: float = 3.0) -> None:
        """Ship what is there, close the connection and end; what does not go in time stays in the spool."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        usual = pause = settings.CALL_LOG_SHIP_MS / 1000
        while not self._stop.wait(pause):
            pause = usual if self._round() else min(max(pause * 2, usual), MAX_PAUSE_SECONDS)
        self._round()
        self._disconnect()

    def _round(self) -> bool:
        """One pass; False when it failed."""
        try:
            self._writer.rotate()
            self._ship()
        except Exception as problem:  # noqa: BLE001 - the thread must outlive any failure of database or disk
            self._disconnect()
            if not self._failing:
                self._failing = True
                _log.warning("The call log waits in its spool: %s", " ".join(str(problem).split()))
            return False
        if self._failing:
            self._failing = False
            _log.warning("The call log is shipped again.")
        return True

    def _ship(self) -> None:
        if spool_ship(connect=self._connected, folder=spool_folder()).files:
            self._used = time.monotonic()
        elif self._connection is not None and time.monotonic() - self._used > IDLE_SECONDS:
            self._disconnect()

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = log_connection()
        connection: Connection = self._connection.connection
        if self._month != (month := utc_now().strftime("%Y-%m")):
            self._month = month
            try:
                partitions_ensure(connection=connection, now=utc_now())
            except psycopg.Error as problem:
                # The default partition takes the calls until the scheduled task makes their own.
                _log.warning("This month's partition of the call log is not made: %s", problem)
        return connection

    def _disconnect(self) -> None:
        lost, self._connection = self._connection, None
        try:
            if lost is not None:
                lost.close()
        except Exception:  # noqa: BLE001 - it is gone either way
            _log.debug("The call log's connection was lost before it was closed.")
