"""Child processes that do not outlive us, and that end when told."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> Callable[[], None] | None:
    """A `preexec_fn` that has Linux send `signal_number` when we end, even by kill -9. None on other systems."""
    if not sys.platform.startswith("linux"):
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def start_child(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: str | Path = "/",
    death_signal: int = signal.SIGTERM,
    stdin: bytes | None = None,
    options: Mapping[str, Any] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own, with its output appended to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),
            **(options or {}),
        )
    if child.stdin is not None and stdin is not None:
        child.stdin.write(stdin)
        child.stdin.close()
    return child


def stop_child(child: subprocess.Popen[bytes], *, ask: int = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask once, wait, then kill the whole group."""
    if child.poll() is None:
        child.send_signal(ask)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            kill_group(child)
    child.wait()


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """kill -9 for `child` and whatever it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def wait_until(done: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    """Poll `done` for up to `seconds`."""
    ends = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= ends:
            return False
        time.sleep(pause)
    return True


def log_tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for a person."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
