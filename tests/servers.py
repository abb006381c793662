"""Real servers that a test may kill -9 and start again: granian on the test database, and a PostgreSQL of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from common.services.account import server_account
from common.services.binaries import find_programs
from common.services.postgres import OWNER, WEB, PostgresServer
from common.services.processes import kill_group, log_tail, start_child, stop_child, wait_until
from common.services.valkey import free_port

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass
class GranianServer:
    """The web server in processes of its own, as in production."""

    log: Path
    environment: dict[str, str]
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Base address, without a closing slash."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it takes connections; the port stays the same over restarts."""
        command: list[str | Path] = [
            Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "8", "--no-ws",
            "tests.wsgi:application",
        ]  # fmt: skip
        # Asked to stop, granian waits for busy workers without end: a test that was killed leaves nothing that way.
        self.process = start_child(
            command, log=self.log, env=self.environment, cwd=CHECKOUT, death_signal=signal.SIGKILL
        )
        if not wait_until(lambda: self._listens() or not self.running(), seconds=90) or not self.running():
            self.kill()
            raise RuntimeError(f"granian did not start: {log_tail(self.log)}")

    def running(self) -> bool:
        """Whether its main process lives."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """kill -9 of the main process and its workers, all at once."""
        if self.process is not None:
            kill_group(self.process)
            self.process.wait()
            # The workers hold the listening socket until the kernel has buried them, too.
            wait_until(lambda: not self._listens(), seconds=10)

    def stop(self) -> None:
        """Let running requests end."""
        if self.process is not None:
            stop_child(self.process, ask=signal.SIGTERM, seconds=10)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def with_database(url: str, name: str) -> str:
    """The same server and login, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture
def granian_factory(tmp_path: Path) -> Iterator[Callable[..., GranianServer]]:
    """Make servers: `granian_factory(database_url=…, workers=…, **environment)`. All are killed after the test."""
    made: list[GranianServer] = []

    def make(*, database_url: str, workers: int = 1, **environment: str) -> GranianServer:
        server = GranianServer(
            log=tmp_path / f"granian-{len(made)}.log",
            environment={**os.environ, "DATABASE_URL": database_url, "DEBUG": "0", "SANDBOX_ACKNOWLEDGED": "1"}
            | environment,
            workers=workers,
        )
        made.append(server)
        server.start()
        return server

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def granian_server(transactional_db: None, granian_factory: Callable[..., GranianServer]) -> GranianServer:
    """One server on the test database: `.url`, `.process`, `.kill()`, `.start()`."""
    return granian_factory(database_url=with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]))


@pytest.fixture
def private_postgres() -> Iterator[PostgresServer]:
    """An empty PostgreSQL of this test alone: `.url(WEB)`, `.url(OWNER)`, `.kill()`, `.start()`, `.stop()`."""
    account = server_account()
    place = Path(tempfile.mkdtemp(prefix="casino-pg-", dir="/tmp"))
    place.chmod(0o755)
    sockets = place / "sockets"
    sockets.mkdir(mode=0o700)
    account.own(sockets)
    programs = find_programs(account, place)
    server = PostgresServer(
        programs.postgres_bin, programs.postgres_major, place / "data", sockets, place / "postgres.log", account,
        settings={"shared_buffers": "32MB", "max_wal_size": "256MB", "min_wal_size": "64MB"},
    )  # fmt: skip
    server.prepare()
    server.start()
    server.create_roles()
    yield server
    server.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def migrated_postgres(private_postgres: PostgresServer) -> PostgresServer:
    """The same with our tables in it."""
    environment = os.environ | {
        "DATABASE_URL": private_postgres.url(WEB),
        "DATABASE_OWNER_URL": private_postgres.url(OWNER),
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
    return private_postgres
