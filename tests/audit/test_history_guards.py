"""Each history is written by its table's triggers and by nobody else, and nothing gets around them."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from compliance.audit.history import History, histories
from tests.factories import player_make

ALL = sorted(histories(), key=lambda history: history.rows._meta.db_table)
TABLES = [history.rows._meta.db_table for history in ALL]
TRIGGERS = """
    SELECT p.prosecdef, p.proconfig, has_function_privilege('casino_app', p.oid, 'EXECUTE')
    FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
    WHERE g.tgrelid = %s::regclass AND p.prosrc LIKE '%%INSERT INTO "' || %s || '" %%'
"""
pytestmark = pytest.mark.django_db(transaction=True)


def rows(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(raised.value)


def test_what_people_settings_and_rights_are_is_tracked() -> None:
    assert {history.tracked._meta.label for history in ALL} >= {
        "players.Player", "players.Brand", "compliance.Restriction", "games.Provider", "games.ProviderKey",
        "games.Game", "games.Stop", "jackpots.Jackpot", "jackpots.JackpotGame", "staff.StaffUser", "staff.Role",
        "staff.RoleGrant", "staff.RolePermission", "staff.RoleConflict", "personal.PersonalData",
    }  # fmt: skip


@pytest.mark.parametrize("history", ALL, ids=TABLES)
def test_no_secret_is_kept(history: History) -> None:
    columns = {field.attname for field in history.rows._meta.fields}
    assert not columns & {"password", "last_login", "secret_encrypted", "wrapped"}


@pytest.mark.parametrize("history", ALL, ids=TABLES)
def test_every_change_of_the_table_meets_a_sure_trigger(history: History) -> None:
    found = rows(TRIGGERS, [history.tracked._meta.db_table, history.rows._meta.db_table])
    assert len(found) == 3
    for as_owner, settings, open_to_application in found:
        assert as_owner
        assert "pgtrigger.ignore={}" in settings
        assert not open_to_application


@pytest.mark.parametrize("table", TABLES)
def test_the_application_writes_no_history(table: str) -> None:
    for statement in (
        f"INSERT INTO {table} (pgh_created_at, pgh_label) VALUES (now(), 'insert')",
        f"UPDATE {table} SET pgh_label = 'x'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        assert "permission denied" in refused(statement)


@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_owner_edits_history(table: str, owner_connection: psycopg.Connection[Any]) -> None:
    found = owner_connection.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'", [table]
    ).fetchall()
    assert ("history_is_never_edited",) in found


def test_an_edit_by_the_owner_is_refused_by_name(owner_connection: psycopg.Connection[Any]) -> None:
    player_make(balance="0")
    for statement in (b"UPDATE players_playerhistory SET status = 'closed'", b"DELETE FROM players_playerhistory"):
        with pytest.raises(psycopg.errors.RestrictViolation) as raised:
            owner_connection.execute(statement)
        assert raised.value.diag.constraint_name == "history_is_never_edited"


def test_no_setting_of_a_session_skips_history() -> None:
    alice = player_make(balance="0")
    names = [row[0] for row in rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'players_player'::regclass", [])]
    assert any(name.startswith("pgtrigger_update") for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{','.join(names)}}}"])
        cursor.execute("UPDATE players_player SET status = 'blocked'")
    kept = rows("SELECT status FROM players_playerhistory WHERE id = %s ORDER BY pgh_id", [alice.pk])
    assert kept == [("active",), ("blocked",)]


def test_nobody_hangs_a_history_function_on_a_table_of_his_own() -> None:
    name = rows("SELECT tgfoid::regproc::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_insert%%' LIMIT 1", [])[0][0]
    assert "permission denied" in refused(
        "CREATE TEMPORARY TABLE mine (LIKE players_player);"
        f" CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def test_nobody_writes_the_context_table_of_the_library() -> None:
    assert "permission denied" in refused(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata)"
        " VALUES (gen_random_uuid(), now(), now(), '{}')"
    )
    assert "permission denied" in refused("SELECT audit_history_guard('players_playerhistory', 'players_player')")
