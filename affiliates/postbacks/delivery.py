"""When a postback is tried again, and when it is given up (affiliates.md §2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

# Between the attempts: eight in all, the last 41 h 21 min after the first.
DELAYS: Final = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
)  # fmt: skip
RETRIED: Final = frozenset({408, 425, 429})
REFUSED_ATTEMPTS: Final = 2
LONGEST_WAIT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Delivered, tried again after a while, or dead until somebody replays it."""

    state: Literal["delivered", "waiting", "dead"]
    after: timedelta | None = None


def verdict(*, attempt: int, status: int | None, retry_after: int | None = None, refused: bool = False) -> Verdict:
    """What follows attempt number `attempt` (from 1). `status` None: no answer; `refused`: an address we do not call.

    Any 2xx is success. No answer, 408, 425, 429 and 5xx are tried again by the schedule; any other answer once more.
    """
    if status is not None and 200 <= status < 300:
        return Verdict("delivered")
    again = status is None or status in RETRIED or status >= 500
    if refused or attempt > len(DELAYS) or (not again and attempt >= REFUSED_ATTEMPTS):
        return Verdict("dead")
    wait = DELAYS[attempt - 1]
    if retry_after is not None:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST_WAIT))
    return Verdict("waiting", wait)
