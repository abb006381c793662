"""A worker in a process of its own that writes an export and is killed in the middle: `dies <export>`."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from typing import Any

import django

django.setup()

from common.clock import utc_now  # noqa: E402 - Django first
from reporting.exports.services.running import export_run  # noqa: E402
from reporting.exports.writing import csv_file  # noqa: E402

AFTER_ROWS = 4_000


def killed_within(read: Any) -> Any:
    """The real reading of rows; after some thousands of them the process is gone, as by the kernel."""

    def pieces(self: Any, batch: list[bytes]) -> bytes:
        found: bytes = read(self, batch)
        if self.rows >= AFTER_ROWS:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    return pieces


def clock() -> datetime:
    """The clock of the task."""
    return utc_now()


if __name__ == "__main__":
    csv_file.CsvRows._piece = killed_within(csv_file.CsvRows._piece)  # type: ignore[method-assign]
    export_run(export_id=int(sys.argv[1]), clock=clock)
