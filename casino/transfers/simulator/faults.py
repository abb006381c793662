"""What goes wrong on purpose, by order: POST /control/fault {"at": "credit", "do": "die_after", "times": 1}."""

from __future__ import annotations

import os
import signal
from threading import Lock
from typing import Final

CALLS: Final = ("launch", "credit", "debit-all", "status", "balance")
FAULTS: Final = {
    "lose_before": "never booked, never answered",
    "lose": "booked, never answered",
    "late": "booked, answered long after",
    "die_before": "the server is gone before it books",
    "die_after": "the server is gone between booking and answering",
    "refuse": "refused",
    "error": "HTTP 500 before it books",
    "error_after": "HTTP 500 after it has booked",
    "garbage": "booked, answered with nonsense",
    "amount": "booked, answered with another amount",
    "unsigned": "booked, answered with a wrong signature",
}


class Faults:
    """The orders that stand, by call."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._orders: dict[str, list[str]] = {}

    def order(self, at: str, do: str, times: int) -> bool:
        """Have the next `times` calls go wrong; `do` empty takes all orders of a call back."""
        if at not in CALLS or (do and do not in FAULTS):
            return False
        with self._lock:
            self._orders[at] = [*self._orders.get(at, []), *([do] * times)] if do else []
        return True

    def next(self, at: str) -> str:
        """What goes wrong with this call, if anything."""
        with self._lock:
            waiting = self._orders.get(at, [])
            return waiting.pop(0) if waiting else ""


def die() -> None:
    """As kill -9 does: nothing is closed, nothing is said."""
    os.kill(os.getpid(), signal.SIGKILL)
