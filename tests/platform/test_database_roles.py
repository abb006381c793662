"""Tests are the application in the database, and what they write is gone afterwards."""

from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import ProgrammingError, connection


def one(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_test_logs_in_as_production_does_and_works_as_the_applications_role() -> None:
    assert one("SELECT current_user = 'casino_app', session_user <> current_user") == (True, True)


@pytest.mark.django_db(transaction=True)
def test_the_application_may_not_truncate() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE auth_permission CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_committed_rows_are_swept_and_rows_of_migrations_come_back(_round: int) -> None:
    count = Permission.objects.count()
    assert count > 0
    assert not Permission.objects.filter(codename="planted").exists()
    first = Permission.objects.order_by("pk").first()
    assert first is not None
    assert first.name != "changed"
    Permission.objects.filter(pk=first.pk).update(name="changed")
    first.pk = None
    first.codename = "planted"
    first.save()


@pytest.mark.django_db(transaction=True)
def test_the_owners_connection_may_do_what_the_application_may_not(owner_connection: psycopg.Connection[Any]) -> None:
    assert owner_connection.execute("SELECT has_table_privilege('auth_permission', 'TRUNCATE')").fetchone() == (True,)
