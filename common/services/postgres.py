"""One PostgreSQL cluster as a direct child: create it, start it, stop it, and put up with kill -9."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from common.services.account import Account
from common.services.errors import ServicesError
from common.services.processes import log_tail, start_child, stop_child, wait_until

OWNER, WEB, DATABASE = "casino_owner", "casino_web", "casino"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "log_line_prefix": "%m [%p] %u@%d ",
}
CREATE_ROLES = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'casino_app') THEN CREATE ROLE casino_app NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'casino_web') THEN CREATE ROLE casino_web LOGIN; END IF;
    GRANT casino_app TO casino_web;
END
$$
"""


@dataclass
class PostgresServer:
    """A cluster in `data`, reached through a socket in `sockets`, run by `account`."""

    programs: Path
    major: int
    data: Path
    sockets: Path
    log: Path
    account: Account
    settings: dict[str, str] = field(default_factory=dict)
    child: "subprocess.Popen[bytes] | None" = None

    def url(self, user: str, database: str = DATABASE) -> str:
        """Connection URL through the socket; its 0700 directory is the guard, so there is no password."""
        return f"postgres://{user}@{quote(str(self.sockets), safe='')}:5432/{database}"

    def prepare(self) -> None:
        """Make the cluster if there is none; one of another major version is moved aside, never upgraded silently."""
        version = self.data / "PG_VERSION"
        if version.exists() and version.read_text().strip() != str(self.major):
            moment = time.strftime("%Y%m%d-%H%M%S")
            self.data.rename(self.data.with_name(f"{self.data.name}-{version.read_text().strip()}-{moment}"))
        if not version.exists():
            self._initialise()

    def start(self) -> None:
        """Start and wait until it answers; also after kill -9, when orphaned backends must end first."""
        for _attempt in range(20):
            self._spawn()
            if wait_until(lambda: self._answers() or not self.running(), seconds=60) and self.running():
                return
            if "shared memory block" not in log_tail(self.log, 5) and "lock file" not in log_tail(self.log, 5):
                break
            time.sleep(0.5)
        raise ServicesError(f"PostgreSQL did not start; the end of {self.log}: {log_tail(self.log, 4)}")

    def create_roles(self) -> None:
        """The application's login and role, and the database. Safe to repeat."""
        with psycopg.connect(self.url(OWNER, "postgres"), autocommit=True) as connection:
            connection.execute(CREATE_ROLES)
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}".encode())

    def running(self) -> bool:
        """Whether our child lives. A zombie does not: `poll` reaps it."""
        return self.child is not None and self.child.poll() is None

    def stop(self) -> None:
        """Fast shutdown: clients are cut off, everything committed is on disk."""
        if self.child is not None:
            stop_child(self.child, ask=signal.SIGINT, seconds=30)

    def kill(self) -> None:
        """kill -9 of the postmaster, as a power cut would do; for tests."""
        if self.child is not None:
            self.child.kill()
            self.child.wait()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def _initialise(self) -> None:
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        for leftover in (unfinished, self.data):
            shutil.rmtree(leftover, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        self.account.own(unfinished)
        locale = ["--locale-provider=builtin"] if self.major >= 17 else []
        command: list[str | Path] = [
            self.programs / "initdb",
            "-D",
            unfinished,
            "-U",
            OWNER,
            "--auth=trust",
            "--encoding=UTF8",
            *locale,
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        made = subprocess.run(
            command,
            cwd="/",
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            **self.account.popen_options(),
        )
        if made.returncode:
            raise ServicesError(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")
        unfinished.rename(self.data)

    def _spawn(self) -> None:
        chosen = SETTINGS | self.settings
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        self.child = start_child(
            [self.programs / "postgres", "-D", self.data, "-k", self.sockets, *options],
            log=self.log,
            env=self._environment(),
            death_signal=signal.SIGINT,
            options=self.account.popen_options(),
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(OWNER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
