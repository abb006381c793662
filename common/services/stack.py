"""Using the services: start them or join the ones that run, for as long as this process lives."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from common.services.errors import ServicesError
from common.services.locks import FileLock, exclusive, is_held
from common.services.places import Places
from common.services.processes import log_tail, wait_until

URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
CHECKOUT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90.0
STOP_SECONDS = 40.0


def running_services(var: Path) -> dict[str, str]:
    """What the running services say about themselves; empty when none run, also after kill -9 left a stale file."""
    places = Places(var)
    if not is_held(places.supervisor_lock):
        return {}
    try:
        described: dict[str, str] = json.loads(places.devstack.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return described


class Supervisor(subprocess.Popen[bytes]):
    """A process that may outlive us when others use the services, so Python need not warn that it still runs."""

    def __del__(self) -> None:
        """Nothing to tidy."""


@dataclass
class Stack:
    """The services of one `var` folder, kept alive by this process until `leave` or its end, however it ends."""

    var: Path

    def __post_init__(self) -> None:
        self.places = Places(self.var)
        self.use = FileLock(self.places.users_lock)
        self.supervisor: Supervisor | None = None

    def join(self) -> dict[str, str]:
        """Start the services or join running ones. Returns their URLs; raises ServicesError."""
        self.places.prepare()
        with exclusive(self.places.start_lock, seconds=START_SECONDS) as ours:
            if not ours or not self.use.take(shared=True, seconds=STOP_SECONDS):
                raise ServicesError(
                    f"Another process holds the services of {self.var} for too long: end it and try again."
                )
            try:
                if not is_held(self.places.supervisor_lock):
                    self._start_supervisor()
                return self._described()
            except ServicesError:
                self.use.release()
                raise

    def leave(self) -> bool:
        """Stop using them; the last user stops them and waits for that. False when somebody else still uses them."""
        self.use.release()
        sole = FileLock(self.places.users_lock)
        if not sole.take(seconds=0.2):
            # Another user; or the supervisor, which is already stopping.
            return not self.alive()
        supervisor = running_services(self.var).get("supervisor")
        if supervisor:
            os.kill(int(supervisor), signal.SIGTERM)
        stopped = wait_until(lambda: not self.alive(), seconds=STOP_SECONDS)
        sole.release()
        if stopped and self.supervisor is not None:
            self.supervisor.wait(STOP_SECONDS)
        return stopped

    def alive(self) -> bool:
        """Whether the supervisor lives."""
        return is_held(self.places.supervisor_lock)

    def _start_supervisor(self) -> None:
        self.places.devstack.unlink(missing_ok=True)
        self.places.failure.unlink(missing_ok=True)
        with (self.places.logs / "services.log").open("ab") as output:
            self.supervisor = supervisor = Supervisor(
                [sys.executable, "-m", "common.services.supervisor", str(self.var)],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_until(lambda: self.places.devstack.exists() or supervisor.poll() is not None, seconds=START_SECONDS)

    def _described(self) -> dict[str, str]:
        wait_until(lambda: self.places.devstack.exists() or not self.alive(), seconds=START_SECONDS)
        described = running_services(self.var)
        if described:
            return described
        if self.places.failure.exists():
            raise ServicesError(self.places.failure.read_text(encoding="utf-8"))
        raise ServicesError(f"The services did not start: {log_tail(self.places.logs / 'services.log', 3)}")


def fill_environment(described: dict[str, str]) -> None:
    """Export the addresses to ourselves and our children, leaving alone what the environment names already."""
    named = bool(os.environ.get("DATABASE_URL", "").strip())
    for name in URLS:
        # A database of one's own has its own owner: ours must not be mixed in.
        if not (name.startswith("DATABASE") and named) and not os.environ.get(name, "").strip():
            os.environ[name] = described[name]


_joined: list[Stack] = []


def provide_services(var: Path) -> dict[str, str]:
    """Start or join the services for the rest of this process's life, unless the environment names both servers.

    Returns what the services said; empty when they are not needed. Raises ServicesError.
    """
    if os.environ.get("DATABASE_URL", "").strip() and os.environ.get("REDIS_URL", "").strip():
        return {}
    stack = Stack(var)
    described = stack.join()
    _joined.append(stack)
    fill_environment(described)
    return described
