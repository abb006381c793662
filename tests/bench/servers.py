"""The bench's own PostgreSQL and Valkey, in var/bench, made anew for every run and ended with it."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from common.services.account import server_account
from common.services.binaries import find_programs
from common.services.places import Places
from common.services.postgres import DATABASE, OWNER, SETTINGS, WEB, PostgresServer
from common.services.valkey import ValkeyServer

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PGBENCH, PLAIN, LOADED = "bench_pgbench", "bench_plain", "casino_loaded"
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers")


class BenchServers:
    """Both servers as our direct children: they end with this process, however it ends."""

    def __init__(self, var: Path) -> None:
        account = server_account()
        self.places = Places(var)
        self.places.prepare()
        data = self.places.data(account)
        programs = find_programs(account, data)
        self.postgres = PostgresServer(
            programs.postgres_bin,
            programs.postgres_major,
            data / "postgres",
            self.places.sockets(account),
            self.places.logs / "postgres.log",
            account,
        )
        self.valkey = ValkeyServer(programs.valkey_server, self.places.valkey_secret, var / "log/valkey.log", account)
        self.programs = programs.postgres_bin

    def start(self) -> None:
        """An empty cluster and an empty Valkey."""
        shutil.rmtree(self.postgres.data, ignore_errors=True)
        self.postgres.prepare()
        self.postgres.start()
        self.postgres.create_roles()
        self.valkey.start()

    def stop(self) -> None:
        """End both and throw the cluster away."""
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.postgres.data, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.postgres.sockets.rmdir()

    @property
    def postmaster(self) -> int:
        """PostgreSQL's first process, whose descendants do all its work."""
        if self.postgres.child is None:
            raise RuntimeError("PostgreSQL was not started")
        return self.postgres.child.pid

    def owner(self, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the owner, each statement its own transaction."""
        return psycopg.connect(self.postgres.url(OWNER, database), autocommit=True)

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """A further database on the same server, empty or as a copy."""
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        with self.owner("postgres") as connection:
            connection.execute(made)

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """What our processes see: production's settings, with the sandbox opened."""
        kept = {name: value for name, value in os.environ.items() if name not in {"DB_AS_OWNER", "PG_BIN"}}
        return kept | {
            "DEBUG": "0",
            "SANDBOX": "1",
            "SANDBOX_ACKNOWLEDGED": "1",
            "REQUIRE_HTTPS": "0",
            "SECRET_KEY": "only-for-the-bench",
            "VAR_DIR": str(self.places.var / "app"),
            "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": self.postgres.url(WEB, database),
            "DATABASE_OWNER_URL": self.postgres.url(OWNER, database),
            "REDIS_URL": self.valkey.url(),
        }

    def described(self) -> dict[str, str]:
        """Version and durability as the server itself tells them."""
        with self.owner() as connection:
            told = {name: str(connection.execute(f"SHOW {name}".encode()).fetchone()[0]) for name in DURABILITY}  # type: ignore[index]
            version = connection.execute("SHOW server_version").fetchone()
        return {"postgresql": str(version[0]) if version else "", **told}


__all__ = ["CHECKOUT", "DATABASE", "LOADED", "OWNER", "PGBENCH", "PLAIN", "SETTINGS", "WEB", "BenchServers"]
