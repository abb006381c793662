"""Appending calls to this process's spool file: one write(2) each, which outlives the process in the page cache."""

from __future__ import annotations

import logging
import os
import threading
from contextlib import suppress
from typing import Final

from casino.calls.spool.files import file_open, spool_folder

_log: Final = logging.getLogger(__name__)
MAX_FILE_BYTES: Final = 4 * 1024 * 1024


class SpoolWriter:
    """The spool file of this process. Safe among threads; a forked child starts with a file of its own."""

    def __init__(self) -> None:
        self.recorded = 0
        self.lost = 0
        self._fresh()

    def _fresh(self) -> None:
        self._lock = threading.Lock()
        self._descriptor = -1
        self._bytes = 0
        self._failing = False

    def append(self, line: bytes) -> None:
        """Add one line. When that is impossible the line is lost and counted; this never raises OSError."""
        with self._lock:
            try:
                if self._descriptor < 0:
                    self._descriptor = file_open(spool_folder())
                # The lock is held: a descriptor closed by a rotation could be a database socket by now.
                written = os.write(self._descriptor, line)
            except OSError as problem:
                self._lose(problem)
                return
            if written != len(line):
                self._cut(written)
                return
            self.recorded += 1
            self._bytes += written
            if self._failing:
                self._failing = False
                _log.warning("The call log is written again; %d calls of this process are missing.", self.lost)
            if self._bytes > MAX_FILE_BYTES:
                self._close()

    def rotate(self) -> None:
        """Close the present file, if anything is in it, so that it can be shipped; the next one is opened already."""
        if not self._bytes:
            return
        try:
            following = file_open(spool_folder())
        except OSError:
            following = -1  # the next call tries again, and says what is wrong
        with self._lock:
            self._close()
            self._descriptor = following

    def abandon(self) -> None:
        """In a forked child: let go of the parent's file, whose lock would else outlive the parent."""
        descriptor = self._descriptor
        self._fresh()
        self.recorded = self.lost = 0
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)

    def _close(self) -> None:
        descriptor, self._descriptor, self._bytes = self._descriptor, -1, 0
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)

    def _cut(self, written: int) -> None:
        """Take back a line that was written in part: the next one must not be joined to it."""
        try:
            os.ftruncate(self._descriptor, self._bytes)
        except OSError:
            self._close()
        self._lose(OSError(f"only {written} bytes of a line could be written"))

    def _lose(self, problem: OSError) -> None:
        self.lost += 1
        if not self._failing:
            self._failing = True
            _log.error("Calls of providers are not kept: %s. Money calls go on; free the spool's disk.", problem)
