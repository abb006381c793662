"""What the application's own role may not do to the call log, by raw SQL."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import Error, connection

from tests.casino.calls.conftest import ship
from tests.casino.calls.entries import bet_entry

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ["calls_providercall", "calls_providercall_2026_11", "calls_providercall_default"]


def refused(statement: str, *values: str | int | None) -> str:
    with connection.cursor() as cursor, pytest.raises(Error) as raised:
        cursor.execute(statement, values)
    return str(raised.value)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET outcome = 'ok'", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
)
def test_a_kept_call_can_not_be_changed_or_removed(spool: Path, table: str, statement: str) -> None:
    ship(bet_entry())
    assert "permission denied" in (text := refused(statement.format(table))) or "must be owner" in text


@pytest.mark.parametrize("table", TABLES[1:])
def test_partitions_are_reached_through_their_parent_only(spool: Path, table: str) -> None:
    ship(bet_entry())
    assert "permission denied" in refused(f"SELECT * FROM {table}")
    assert "permission denied" in refused(f"INSERT INTO {table} SELECT * FROM calls_providercall")


def test_the_application_makes_no_tables_of_its_own() -> None:
    assert "permission denied" in refused("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("month", ["2026-11-02", "1999-01-01", "2999-01-01", "infinity", None])
def test_a_partition_is_made_for_a_month_near_to_now_only(month: str | None) -> None:
    assert "it must be the first day of a month near to now" in refused("SELECT calls_partition_ensure(%s)", month)


@pytest.mark.parametrize("days", [29, 0, -1, 10_000_000, None])
def test_calls_of_the_last_30_days_can_not_be_purged(days: int | None) -> None:
    assert "calls are kept for 30 days at least" in refused("SELECT calls_purge(%s)", days)


def test_both_functions_are_for_the_application_and_search_no_other_schema(
    owner_connection: psycopg.Connection[Any],
) -> None:
    rows = owner_connection.execute(
        "SELECT prosecdef, proconfig::text LIKE '%search_path=pg_catalog, pg_temp%', "
        "has_function_privilege('casino_app', oid, 'EXECUTE'), proacl::text LIKE '%{=X%' OR proacl::text LIKE '%,=X%' "
        "FROM pg_proc WHERE proname IN ('calls_partition_ensure', 'calls_purge')"
    ).fetchall()
    assert rows == [(True, True, True, False)] * 2
