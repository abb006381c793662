"""One Valkey on 127.0.0.1 with a password, holding nothing that must survive: facts live in PostgreSQL."""

import json
import os
import secrets
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import redis

from common.services.account import Account
from common.services.errors import ServicesError
from common.services.processes import log_tail, start_child, stop_child, wait_until

DATABASES = 512


@dataclass
class ValkeyServer:
    """The server whose port and password are kept in `secret`, so that clients outlive a restart."""

    program: Path
    secret: Path
    log: Path
    account: Account
    child: "subprocess.Popen[bytes] | None" = None

    def url(self, database: int = 0) -> str:
        """Connection URL of one of its databases."""
        known = self._known()
        return f"redis://:{known['password']}@127.0.0.1:{known['port']}/{database}"

    def start(self) -> None:
        """Start and wait until it answers; takes another port when somebody has ours."""
        if not port_is_free(int(self._known()["port"])):
            self.secret.unlink()
        known = self._known()
        # The password goes through standard input: a command line can be read by everybody on the machine.
        configuration = (
            f"bind 127.0.0.1\nport {known['port']}\nrequirepass {known['password']}\ndatabases {DATABASES}\n"
            'save ""\nappendonly no\ndir /\nmaxmemory-policy noeviction\ndaemonize no\n'
        )
        self.child = start_child(
            [self.program, "-"],
            log=self.log,
            env={"LC_ALL": "C", "TZ": "UTC"},
            stdin=configuration.encode(),
            options=self.account.popen_options(),
        )
        if not (wait_until(lambda: self._answers() or not self.running(), seconds=20) and self.running()):
            raise ServicesError(f"Valkey did not start; the end of {self.log}: {log_tail(self.log, 4)}")

    def running(self) -> bool:
        """Whether our child lives."""
        return self.child is not None and self.child.poll() is None

    def stop(self) -> None:
        """Ask it to end."""
        if self.child is not None:
            stop_child(self.child, ask=signal.SIGTERM, seconds=10)

    def _known(self) -> dict[str, str]:
        try:
            known: dict[str, str] = json.loads(self.secret.read_text())
        except (OSError, ValueError):
            known = {"port": str(free_port()), "password": secrets.token_urlsafe(24)}
            write_private(self.secret, json.dumps(known))
        return known

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url(), socket_timeout=2, retry=None).ping())
        except redis.RedisError:
            return False


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file that only we may read, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.rename(path)
