"""The live line: one that refreshes itself on a terminal, a new one every ten seconds elsewhere."""

import shutil
import time
from dataclasses import dataclass
from typing import TextIO

from casino.simulator.summary import milliseconds
from casino.simulator.tally import Tally

EVERY_ON_A_TERMINAL = 0.25
EVERY_ELSEWHERE = 10.0
BAR = 16


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a run stands: seconds played, the share done (None when it is open-ended), the tally so far."""

    phase: str
    seconds: float
    done: float | None
    rate: float
    tally: Tally


class ProgressLine:
    """Writes snapshots to a stream for a person."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._last = time.monotonic() if not self._terminal else 0.0
        self._said = ""

    def show(self, snapshot: Snapshot) -> None:
        """Show where the run stands, unless it was shown just now."""
        now = time.monotonic()
        if now - self._last < (EVERY_ON_A_TERMINAL if self._terminal else EVERY_ELSEWHERE):
            return
        self._last = now
        if not self._terminal:
            self._stream.write(progress_text(snapshot) + "\n")
        else:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r" + progress_text(snapshot)[:width].ljust(width))
        self._stream.flush()

    def say(self, line: str) -> None:
        """Tell something once, on a line of its own."""
        if line == self._said:
            return
        self._said = line
        self.clear()
        self._stream.write(line + "\n")
        self._stream.flush()

    def clear(self) -> None:
        """Leave the terminal's line empty for what follows."""
        if self._terminal:
            self._stream.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self._stream.flush()


def progress_text(snapshot: Snapshot) -> str:
    """One line on how the run stands."""
    tally = snapshot.tally
    if snapshot.done is None:
        head = f"{snapshot.phase} {snapshot.seconds:,.0f} s"
    else:
        filled = round(BAR * min(snapshot.done, 1.0))
        head = f"{snapshot.phase} [{'#' * filled}{'.' * (BAR - filled)}] {min(snapshot.done, 1.0):4.0%}"
    p50, p95, p99 = (milliseconds(tally.latencies.percentile(percent)) for percent in (50, 95, 99))
    line = (
        f"{head} | {tally.rounds:,} rounds | {snapshot.rate:,.0f} calls/s | p50 {p50} p95 {p95} p99 {p99} "
        f"| {tally.in_doubt:,} in doubt | {tally.retries:,} retries"
    )
    return line + (f" | {tally.violation_count:,} VIOLATIONS" if tally.violation_count else "")
