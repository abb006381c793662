"""The table of states is one: Python's and the database's say the same of every pair."""

from __future__ import annotations

import pytest
from django.db import connection

from casino.cashier.enums import ChargebackState, DepositState, RefundState
from casino.cashier.states import CHARGEBACKS, DEPOSITS, REFUNDS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("function", "words", "table"),
    [
        ("cashier_deposit_may_follow", DepositState, DEPOSITS),
        ("cashier_refund_may_follow", RefundState, REFUNDS),
        ("cashier_chargeback_may_follow", ChargebackState, CHARGEBACKS),
    ],
)
def test_the_database_lets_follow_what_the_table_lets_follow(function: str, words: object, table: object) -> None:
    with connection.cursor() as cursor:
        for now in words:  # type: ignore[attr-defined]  # an enum class
            for then in words:  # type: ignore[attr-defined]
                cursor.execute(f"SELECT {function}(%s, %s)", [now.value, then.value])
                assert cursor.fetchone() == (then in table[now],), f"{now} to {then}"  # type: ignore[index]


def test_every_state_has_its_row() -> None:
    assert set(DEPOSITS) == set(DepositState)
    assert set(REFUNDS) == set(RefundState)
    assert set(CHARGEBACKS) == set(ChargebackState)
