"""granian as in production, with the wallet or with the plain ORM wallet in it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from common.services.processes import log_tail, start_child, stop_child, wait_until
from common.services.valkey import free_port
from tests.bench.servers import CHECKOUT


@dataclass
class Web:
    """One application under granian's WSGI interface."""

    name: str
    environment: dict[str, str]
    log: Path
    settings: str = "config.settings"
    application: str = "config.wsgi:application"
    workers: int = 2
    threads: int = 8
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", str(self.workers), "--blocking-threads", str(self.threads), "--no-ws", "--backlog", "1024",
            self.application,
        ]  # fmt: skip
        self.log.unlink(missing_ok=True)
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": self.settings}
        self.process = start_child(command, log=self.log, env=environment, cwd=CHECKOUT)
        if not wait_until(lambda: self._listens() or not self._runs(), seconds=60) or not self._runs():
            self.stop()
            raise RuntimeError(f"granian with {self.name} did not start: {log_tail(self.log)}")

    def stop(self) -> None:
        """Let running requests end."""
        if self.process is not None:
            stop_child(self.process, ask=signal.SIGTERM, seconds=10)

    @property
    def pid(self) -> int:
        """granian's first process; its workers are its children."""
        if self.process is None:
            raise RuntimeError(f"granian with {self.name} was not started")
        return self.process.pid

    def _runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running(web: Web) -> Iterator[Web]:
    """The server for the block."""
    web.start()
    try:
        yield web
    finally:
        web.stop()
