"""Who the tests are in the database: the owner while it is made and emptied, the application's role in every test.

Emptying is our own: Django's flush truncates everything as the test's own role, which may not, and which would also
lose the rows that migrations wrote.
"""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
"""
KEPT = "kept_rows"
APPLICATION_LOGIN: dict[str, str] = {}


class Sweeper:
    """Puts the database back to what it was after migration, as its owner, on a connection of its own."""

    def __init__(self) -> None:
        self.connection: psycopg.Connection[Any] | None = None
        self.kept: dict[str, str] = {}

    def remember(self) -> None:
        """Copy the rows that migrations wrote, so that they can be put back."""
        database = self._open()
        database.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE; CREATE SCHEMA {KEPT}".encode())
        for table in self._filled(self._tables()):
            self.kept[table] = self._digest(table)
            database.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(_kept(table), sql.Identifier(table)))

    def sweep(self) -> None:
        """Empty every table that tests filled and restore the ones that migrations filled."""
        tables = self._tables()
        changed = [table for table in self.kept if self._digest(table) != self.kept[table]]
        for table in [*(name for name in self._filled(tables) if name not in self.kept), *changed]:
            self._open().execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        for table in changed:
            self._open().execute(
                sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE TABLE {}").format(sql.Identifier(table), _kept(table))
            )

    def close(self) -> None:
        """Let go of the database, so that it can be dropped."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _open(self) -> psycopg.Connection[Any]:
        if self.connection is None or self.connection.closed:
            self.connection = psycopg.connect(**owner_login(), dbname=connection.settings_dict["NAME"], autocommit=True)
            # No triggers, neither foreign keys nor our own guards: this is the owner clearing the table after a test.
            self.connection.execute("SET session_replication_role = replica; SET lock_timeout = '15s'")
        return self.connection

    def _tables(self) -> list[str]:
        return [row[0] for row in self._open().execute(TABLES)]

    def _filled(self, tables: list[str]) -> list[str]:
        if not tables:
            return []
        asked = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for name in tables
        ]
        return [row[0] for row in self._open().execute(sql.SQL(" UNION ALL ").join(asked))]

    def _digest(self, table: str) -> str:
        text = sql.SQL("SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t")
        row = self._open().execute(text.format(sql.Identifier(table))).fetchone()
        return str(row[0]) if row else ""


def _kept(table: str) -> sql.Identifier:
    return sql.Identifier(KEPT, table)


def owner_login() -> dict[str, Any]:
    """Connection parameters of the owner, without the database's name."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    known = psycopg.conninfo.conninfo_to_dict(url)
    return {name: value for name, value in known.items() if name != "dbname"}


sweeper = Sweeper()


def become_owner() -> None:
    """Have Django's connection log in as the owner and keep its role."""
    settings = connection.settings_dict
    APPLICATION_LOGIN.update({name: settings[name] for name in ("USER", "PASSWORD", "APPLICATION_ROLE")})
    login = owner_login()
    connection.close()
    settings.update(USER=login.get("user", ""), PASSWORD=login.get("password", ""), APPLICATION_ROLE="")


def become_application() -> None:
    """Have Django's connection log in and drop to its role exactly as in production."""
    connection.close()
    connection.settings_dict.update(APPLICATION_LOGIN)


@pytest.fixture(scope="session")
def owner_while_database_is_made(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Around creation and removal of the test database."""
    with django_db_blocker.unblock():
        become_owner()
    yield
    with django_db_blocker.unblock():
        become_application()


@pytest.fixture(scope="session")
def django_db_setup(
    owner_while_database_is_made: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database is made as its owner; from then on the tests are the application, as in production."""
    with django_db_blocker.unblock():
        become_application()
        sweeper.remember()
        TransactionTestCase._fixture_teardown = lambda _case: sweeper.sweep()  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock():
        sweeper.close()
        become_owner()


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the tables' owner, for planting what the application itself may not do."""
    with psycopg.connect(**owner_login(), dbname=connection.settings_dict["NAME"], autocommit=True) as owner:
        yield owner
