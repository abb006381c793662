"""Locks between processes: they vanish with their holder, even after kill -9."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One `flock` of one process. Children do not inherit it: the descriptor closes on exec."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def take(self, *, shared: bool = False, seconds: float = 0) -> bool:
        """Try for up to `seconds`; True when we hold it."""
        path_descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        ends = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(path_descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= ends:
                    os.close(path_descriptor)
                    return False
                time.sleep(0.05)
            else:
                self.descriptor = path_descriptor
                return True

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def is_held(path: Path) -> bool:
    """Whether some process holds `path` exclusively."""
    if not path.exists():
        return False
    probe = FileLock(path)
    free = probe.take(shared=True)
    probe.release()
    return not free


@contextmanager
def exclusive(path: Path, *, seconds: float) -> Iterator[bool]:
    """Hold `path` alone for the block; yields whether it was had in time."""
    lock = FileLock(path)
    try:
        yield lock.take(seconds=seconds)
    finally:
        lock.release()
