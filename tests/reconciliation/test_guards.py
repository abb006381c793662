"""The database refuses by itself what breaks a promise about statements (tests/wallet/guards breaks all of them)."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from tests.reconciliation.breaches import BY_ANYBODY, BY_OWNER, reconciliation_kept


@pytest.mark.usefixtures("scene")
def test_every_promise_is_kept_by_the_database() -> None:
    kept, wrong = reconciliation_kept(), {}
    for name, attempts in (BY_ANYBODY | BY_OWNER).items():
        for attempt in attempts:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(attempt, kept)
            except Error as refused:
                cause = refused.__cause__
                told = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
                if name not in (told, "") and "permission denied" not in str(cause):
                    wrong[attempt] = f"refused by {told}: {cause}"
            else:
                wrong[attempt] = "not refused"

    assert wrong == {}
