"""The application may not write a row of policy that two people did not agree to."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db
INSERT = (
    "INSERT INTO policy_policyrow (jurisdiction, key, value, effective_from, source, verified, created_at)"
    " VALUES ('GB', 'registration.min_age', '16', '2026-01-01', 'x', true, '2026-01-01')"
)


def test_the_application_writes_no_row_without_an_approval() -> None:
    with pytest.raises(DatabaseError, match="not what was approved"), connection.cursor() as cursor:
        cursor.execute(INSERT)


@pytest.mark.parametrize("statement", ["UPDATE policy_policyrow SET verified = true", "DELETE FROM policy_policyrow"])
def test_the_application_edits_and_deletes_nothing(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
