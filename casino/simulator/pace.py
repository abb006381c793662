"""The common pace of all workers, and the pauses between attempts."""

import time
from random import Random
from threading import Event, Lock

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0


class Pace:
    """Lets so many calls a second through, over all workers; ``rate`` 0 lets all through."""

    def __init__(self, *, rate: float, lifted: Event) -> None:
        self._gap = 1.0 / rate if rate else 0.0
        self._lifted = lifted
        self._next = 0.0
        self._lock = Lock()

    def step(self) -> None:
        """Wait for the next free slot: slots missed in an outage are not made up for, winding down waits for none."""
        if not self._gap or self._lifted.is_set():
            return
        with self._lock:
            now = time.monotonic()
            slot = max(now, self._next)
            self._next = slot + self._gap
        if slot > now:
            self._lifted.wait(slot - now)


def pause_seconds(*, attempt: int, retry_after: float | None, dice: Random) -> float:
    """How long to wait before attempt number ``attempt`` + 1: what the wallet asks for, else doubling with jitter."""
    if retry_after is not None:
        return retry_after
    doubled = FIRST_PAUSE * float(2 ** min(attempt - 1, 8))
    return min(LONGEST_PAUSE, doubled) * dice.uniform(0.5, 1.0)
