"""How far the reading of a statement is: told by the cache, since its transaction shows nothing yet."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Final

from django.core.cache import cache

KEPT_SECONDS: Final = 3600
TOLD_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` bytes; `lines` so far in `seconds`. The stages are reading, matching, done."""

    stage: str
    done: int
    total: int
    lines: int
    seconds: float

    @property
    def percent(self) -> int:
        """Whole percent; matching is the last twentieth."""
        if self.stage != "reading":
            return 95
        return min(94, 94 * self.done // self.total) if self.total else 0

    @property
    def rate(self) -> int:
        """Lines a second."""
        return int(self.lines / self.seconds) if self.seconds > 0 else 0

    @property
    def seconds_left(self) -> int | None:
        """Of the reading, once something is known."""
        if self.stage != "reading" or not self.done:
            return None
        return int(self.seconds * (self.total - self.done) / self.done)


class Meter:
    """Tells the progress of one reading, at most twice a second."""

    def __init__(self, statement_id: int, total: int) -> None:
        self._key, self._total = _key(statement_id), total
        self._begun = self._told = time.monotonic()
        self._lines = self._done = 0

    def read(self, done: int, lines: int) -> None:
        """So many bytes and lines are read."""
        self._done, self._lines = done, lines
        if time.monotonic() - self._told >= TOLD_EVERY_SECONDS:
            self.tell("reading")

    def tell(self, stage: str) -> None:
        """Say it now."""
        self._told = time.monotonic()
        told = Progress(stage, self._done, self._total, self._lines, self._told - self._begun)
        cache.set(self._key, asdict(told), KEPT_SECONDS)


def progress_of(statement_id: int) -> Progress | None:
    """The last that was told, if anything was."""
    found = cache.get(_key(statement_id))
    return Progress(**found) if found else None


def _key(statement_id: int) -> str:
    return f"reconciliation:progress:{statement_id}"
