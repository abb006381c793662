"""A value remembered for a short time by this process, so that a change anywhere takes effect within it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Fresh(Generic[Key, Value]):
    """Calls `load` for a key at most once in `seconds`; bounded to `most` keys; None is not held.

    Threads may load twice, harmlessly.
    """

    def __init__(self, load: Callable[[Key], Value], *, seconds: float = 1.0, most: int = 4096) -> None:
        self._load = load
        self._seconds = seconds
        self._most = most
        self._held: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key) -> Value:
        held = self._held.get(key)
        now = time.monotonic()
        if held is not None and held[0] > now:
            return held[1]
        value = self._load(key)
        if value is None:  # unknown keys come from outside: they must not push the known ones out
            return value
        if len(self._held) >= self._most:
            self._held.clear()
        self._held[key] = (now + self._seconds, value)
        return value

    def forget(self) -> None:
        """Drop everything held."""
        self._held.clear()
