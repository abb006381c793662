"""Spool files: each is written by one process, which holds its lock; an unlocked file is complete and may be shipped.

The lock goes with its process, however that ends, so a file left by a dead one is known at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from casino.calls.lines import FORMAT

SUFFIX: Final = f".{FORMAT}.calls"
# A file under this suffix is not locked yet; left by a process that died in between, it is empty.
OPENING: Final = ".opening"
_OPENING_SECONDS: Final = 60


def spool_folder() -> Path:
    """The folder below CALL_LOG_SPOOL of the present database, so that no call is shipped into another one."""
    database = connections.settings["default"]
    place = f"{database.get('HOST')}\n{database.get('PORT')}\n{database['NAME']}"
    name = "".join(letter if letter.isalnum() else "-" for letter in str(database["NAME"]))[:60]
    return Path(settings.CALL_LOG_SPOOL) / f"{name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def file_open(folder: Path) -> int:
    """A new, locked spool file, ready to be appended to. Raises OSError when there is no place for it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = folder / f"{time.time_ns():020d}-{os.getpid()}-{os.urandom(3).hex()}"
    opening = f"{name}{OPENING}"
    descriptor = os.open(opening, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Only now may others see it: between opening and locking, a shipper would take it for complete.
        os.rename(opening, f"{name}{SUFFIX}")
    except OSError:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(opening)
        raise
    return descriptor


def complete_files(folder: Path) -> list[Path]:
    """Spool files in the order of their making; some may still be held by their writers (`file_taken`)."""
    with suppress(FileNotFoundError):
        names = os.listdir(folder)
        _sweep(folder, [name for name in names if name.endswith(OPENING)])
        return [folder / name for name in sorted(names) if name.endswith(SUFFIX)]
    return []


def _sweep(folder: Path, names: list[str]) -> None:
    for name in names:
        with suppress(OSError):
            if time.time() - (folder / name).stat().st_mtime > _OPENING_SECONDS:
                (folder / name).unlink()


@contextmanager
def file_taken(path: Path) -> Iterator[bytes | None]:
    """The content of a complete file while nobody else can take it; None when its writer lives or it is gone.

    A last line without its newline was cut off by the death of its writer, and is left out.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield None
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        if not os.fstat(descriptor).st_nlink:
            yield None
            return
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            content = stream.read()
        yield content[: content.rfind(b"\n") + 1]
    finally:
        os.close(descriptor)
