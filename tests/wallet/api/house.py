"""The real wallet server on a database of its own, for every test that speaks to it over HTTP.

The database is a copy of the migrated test database, so that emptying tables after other tests does not touch it.
Tests keep apart by playing with players, providers and ids of their own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from common.currencies import CURRENCIES
from common.field_secrets import secret_close
from common.services.processes import wait_until
from tests.database_roles import owner_login, sweeper
from tests.servers import CHECKOUT, GranianServer, with_database
from tests.wallet.api.table import Table, fresh, seated
from tests.wallet.api.wire import Wire

SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("load_fx_rates", "--sample", "--as-of", "today", verbosity=0)
call_command("seed_demo", verbosity=0)
"""
THEIR_SECRET = "another-secret"
TRACKED = {
    "players_player", "players_brand", "compliance_restriction", "games_provider", "games_providerkey", "games_game",
    "games_stop", "jackpots_jackpot",
}  # fmt: skip
WRITTEN = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
BOOKS = ("wallet_transaction", "wallet_entry", "wallet_recordedanswer", "play_leg", "play_round")


@dataclass
class House:
    """The servers, and the owner's view of what they booked."""

    database: str
    environment: dict[str, str]
    folder: Path
    servers: list[GranianServer] = field(default_factory=list)

    def serve(self, **environment: str) -> GranianServer:
        """One more server on this database; the caller, or the end of the session, kills it."""
        server = GranianServer(
            log=self.folder / f"granian-{len(self.servers)}.log", environment=self.environment | environment
        )
        self.servers.append(server)
        server.start()
        return server

    @property
    def wire(self) -> Wire:
        """The sandbox provider's end of the wire to the first server."""
        return Wire(self.servers[0].port)

    def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """Read or change anything as the tables' owner, past guards (to age rows), never past the history of rows."""
        written = WRITTEN.match(query)
        with psycopg.connect(**owner_login(), dbname=self.database, autocommit=True) as owner:
            if written is None or written[1] not in TRACKED:
                owner.execute("SET session_replication_role = replica")
            cursor = owner.execute(query.encode(), params)
            return cursor.fetchall() if cursor.description else []

    def booked(self) -> tuple[int, ...]:
        """How many rows each table of the books has."""
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in BOOKS)
        return tuple(self.rows(f"SELECT {counts}")[0])

    def books_of(self, player_id: str) -> tuple[int, ...]:
        """The same of one player alone: transactions, legs, recorded answers, rounds."""
        who = "player_id = (SELECT id FROM players_player WHERE public_id = %s)"
        tables = ("wallet_transaction", "play_leg", "wallet_recordedanswer", "play_round")
        return tuple(self.rows(f"SELECT count(*) FROM {t} WHERE {who}", player_id)[0][0] for t in tables)

    def provider(self, *, secret: str = THEIR_SECRET, **columns: Any) -> Wire:
        """A provider of the test's own with one active key and a slot game; returns its end of the wire."""
        code = columns.setdefault("code", fresh("p"))
        defaults = {
            "name": code, "protocol": "wallet_v1", "enabled": True, "is_sandbox": True, "allowed_networks": [],
            "rate_limit": 2000, "min_stake": None, "max_stake": None,
        }  # fmt: skip
        values = defaults | columns
        self._insert("games_provider", values)
        self.key(code, "k1", secret, slot=1)
        self.game(code, "their-slot")
        return self.wire.but(provider=code, secret=secret)

    def key(self, provider: str, key_id: str, secret: str, *, slot: int) -> None:
        """One more active key."""
        self.rows(
            "INSERT INTO games_providerkey (provider_id, key_id, secret_encrypted, slot, created_at)"
            " SELECT id, %s, %s, %s, now() FROM games_provider WHERE code = %s",
            key_id, secret_close(secret), slot, provider,
        )  # fmt: skip

    def game(self, provider: str, code: str, **columns: Any) -> None:
        """One more game of a provider."""
        found = self.rows("SELECT id FROM games_provider WHERE code = %s", provider)
        values = {
            "provider_id": found[0][0], "code": code, "name": code, "category": "slot", "theoretical_rtp": 96,
            "enabled": True, "real_enabled": True, "demo_enabled": True, "blocked_countries": [],
            "blocked_brands": [],
        }  # fmt: skip
        self._insert("games_game", values | columns)

    def restrict(self, player_id: str, kind: str) -> None:
        """An exclusion, time-out or other restriction in force since a minute ago."""
        self.rows(
            "INSERT INTO compliance_restriction (player_id, kind, starts_at, reason, placed_by)"
            " SELECT id, %s, now() - interval '1 minute', 'test', 'test' FROM players_player WHERE public_id = %s",
            kind, player_id,
        )  # fmt: skip

    def rates_plant(self, known: dict[str, str]) -> None:
        """A rate of today for every currency that the ECB does not quote: a known one, or 2 for a euro."""
        there = {row[0] for row in self.rows("SELECT currency FROM wallet_fxrate")} | {settings.BASE_CURRENCY}
        for currency in CURRENCIES.keys() - there:
            self.rows(
                "INSERT INTO wallet_fxrate (currency, units_per_base, valid_on, source, revision, file_sha256,"
                " loaded_at) VALUES (%s, %s, current_date, 'test', 1, '', now())", currency, known.get(currency, "2"),
            )  # fmt: skip

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        self.rows(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())


def _copied(template: str, name: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))

    def copied() -> bool:
        try:
            with psycopg.connect(**owner_login(), dbname="postgres", autocommit=True) as owner:
                owner.execute(statement)
        except psycopg.errors.ObjectInUse:
            return False
        return True

    assert wait_until(copied, seconds=60), f"somebody stays connected to {template}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-django makes the test database, our template, only when some test says that it needs one."""
    for item in items:
        if "house" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The demo's house on its own database, and one running server."""
    name = f"test_casino_{os.getpid()}_wire"
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connection.close()
        sweeper.close()
        _copied(template, name)
    environment = os.environ | {
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], name),
        "FIELD_KEY": settings.FIELD_KEY, "DEBUG": "0", "SANDBOX_ACKNOWLEDGED": "1", "LOCK_TIMEOUT_MS": "1500",
    }  # fmt: skip
    ours = House(name, environment, tmp_path_factory.mktemp("house"))
    subprocess.run([sys.executable, "-c", SEED], cwd=CHECKOUT, env=environment, check=True)
    ours.rates_plant({"KWD": "0.33", "BTC": "0.000016", "ETH": "0.0003"})
    ours.serve()
    yield ours
    for server in ours.servers:
        server.kill()
    with psycopg.connect(**owner_login(), dbname="postgres", autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def wire(house: House) -> Wire:
    """The sandbox provider's end of the wire."""
    return house.wire


@pytest.fixture
def alice(wire: Wire) -> Table:
    """Alice plays: 100.00 EUR at the slot machine."""
    return seated(wire)


@pytest.fixture
def serve(house: House) -> Iterator[Callable[..., GranianServer]]:
    """More servers on the same database, killed after the test."""
    before = len(house.servers)
    yield house.serve
    for server in house.servers[before:]:
        server.kill()
