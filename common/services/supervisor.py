"""The process that owns both servers: it restarts one that dies, and ends when nobody uses them any more.

Started by `stack.py` as `python -m common.services.supervisor <var>`, in a session of its own, so that Ctrl-C in one
terminal does not take the services away from another.
"""

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from common.services.account import server_account
from common.services.binaries import find_programs
from common.services.errors import ServicesError
from common.services.locks import FileLock
from common.services.places import Places
from common.services.postgres import OWNER, WEB, PostgresServer
from common.services.valkey import ValkeyServer, write_private

LINGER_SECONDS = 1.0
POLL_SECONDS = 0.1
RESTARTS_PER_MINUTE = 10


class Supervisor:
    """Both servers, and the promise to stop them."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.stopping = False
        self.restarts: list[float] = []
        self.users = FileLock(places.users_lock)
        account = server_account()
        data = places.data(account)
        programs = find_programs(account, data)
        self.postgres = PostgresServer(
            programs.postgres_bin,
            programs.postgres_major,
            data / "postgres",
            places.sockets(account),
            places.logs / "postgres.log",
            account,
        )
        self.valkey = ValkeyServer(programs.valkey_server, places.valkey_secret, places.logs / "valkey.log", account)

    def run(self) -> None:
        """Start, watch, stop."""
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        signal.signal(signal.SIGINT, self._ask_to_stop)
        try:
            self.postgres.prepare()
            self.postgres.start()
            self.postgres.create_roles()
            self.valkey.start()
            self._describe()
            self._watch()
        finally:
            self.places.devstack.unlink(missing_ok=True)
            self.valkey.stop()
            self.postgres.stop()
            with contextlib.suppress(OSError):
                self.postgres.sockets.rmdir()

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def _describe(self) -> None:
        write_private(
            self.places.devstack,
            json.dumps(
                {
                    "supervisor": str(os.getpid()),
                    "DATABASE_URL": self.postgres.url(WEB),
                    "DATABASE_OWNER_URL": self.postgres.url(OWNER),
                    "REDIS_URL": self.valkey.url(),
                    "PG_BIN": str(self.postgres.programs),
                },
                indent=1,
            ),
        )

    def _watch(self) -> None:
        idle_since: float | None = None
        while not self.stopping:
            self._restart_the_dead()
            if not self.users.take():
                idle_since = None
            else:
                idle_since = idle_since or time.monotonic()
                if time.monotonic() - idle_since > LINGER_SECONDS:
                    return  # Keeps the lock: whoever comes now waits until we are gone, and starts anew.
                self.users.release()
            time.sleep(POLL_SECONDS)

    def _restart_the_dead(self) -> None:
        for server in (self.postgres, self.valkey):
            if server.running():
                continue
            now = time.monotonic()
            self.restarts = [moment for moment in self.restarts if now - moment < 60] + [now]
            if len(self.restarts) > RESTARTS_PER_MINUTE:
                raise ServicesError(f"{type(server).__name__} keeps dying; see {server.log}.")
            sys.stderr.write(f"{type(server).__name__} died, starting it again\n")
            server.start()
            self._describe()


def main(var: Path) -> int:
    """Be the one supervisor of `var`; 0 also when another one already is."""
    places = Places(var)
    lock = FileLock(places.supervisor_lock)
    if not lock.take(seconds=2):
        return 0
    try:
        Supervisor(places).run()
    except (ServicesError, OSError) as problem:
        line = " ".join(str(problem).split())
        sys.stderr.write(line + "\n")
        places.failure.write_text(line, encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
