"""The gateway's own clock, which tests move forward."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


class Clock:
    """Seconds since the epoch, ahead of the real clock by what it was advanced; only ever forward."""

    def __init__(self, ahead: float = 0.0) -> None:
        self.ahead = ahead

    def now(self) -> float:
        """When things are due by."""
        return time.time() + self.ahead


def real_moment() -> str:
    """What is written on things that happened: the real time, so that nobody is told of the future."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def real_day() -> date:
    """Today, UTC."""
    return datetime.now(UTC).date()
