"""A worker in a process of its own that reads a statement and is killed in the middle: `dies <statement> <stage>`."""

from __future__ import annotations

import os
import signal
import sys

import django

django.setup()

from casino.reconciliation import progress  # noqa: E402 - Django first
from casino.reconciliation.tasks import read_statement  # noqa: E402

if __name__ == "__main__":
    tell = progress.Meter.tell

    def dying(self: progress.Meter, stage: str) -> None:
        """The real progress; at the stage given the process is gone, as by the kernel."""
        tell(self, stage)
        if stage == sys.argv[2]:
            os.kill(os.getpid(), signal.SIGKILL)

    progress.Meter.tell = dying  # type: ignore[method-assign]
    progress.TOLD_EVERY_SECONDS = 0.0
    read_statement(statement_id=int(sys.argv[1]))
