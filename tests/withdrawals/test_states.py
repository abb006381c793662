"""The tables of states in Python and in the database are one, and lead where they should."""

from __future__ import annotations

import pytest
from django.db import connection

from casino.withdrawals.enums import PayoutState, WithdrawalState
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.states import (
    ENDED,
    OPEN,
    PAYOUT_TRANSITIONS,
    TRANSITIONS,
    may_follow,
    payout_may_follow,
    state_of_payouts,
)


@pytest.mark.django_db
def test_the_database_keeps_the_same_tables() -> None:
    with connection.cursor() as cursor:
        for function, words, follows in (
            ("withdrawals_may_follow", WithdrawalState.values, may_follow),
            ("withdrawals_payout_may_follow", PayoutState.values, payout_may_follow),
        ):
            for before in words:
                for after in words:
                    cursor.execute(f"SELECT {function}(%s, %s)", [before, after])
                    assert cursor.fetchone() == (follows(before, after),), f"{before} → {after}"


def test_every_state_is_open_or_ended_and_can_be_reached() -> None:
    assert set(OPEN) | set(ENDED) == set(WithdrawalState)
    assert not set(OPEN) & set(ENDED)
    assert {after for _before, after in TRANSITIONS} == set(WithdrawalState) - {WithdrawalState.REQUESTED}
    assert {after for _before, after in PAYOUT_TRANSITIONS} == set(PayoutState) - {PayoutState.PLANNED}


def test_every_right_of_the_table_is_declared() -> None:
    known = {f"withdrawals.{code}" for code, _words in Withdrawal._meta.permissions}
    used = {right for rights in TRANSITIONS.values() for right in rights if "." in right}
    assert used <= known


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["confirmed"], "paid"), (["confirmed", "pending"], "pay_pending"), (["failed", "unknown"], "pay_pending"),
        (["confirmed", "failed"], "failed"), (["dropped"], "failed"), (["returned", "confirmed"], "returned"),
        (["failed", "returned"], "failed"),
    ],
)  # fmt: skip
def test_a_withdrawal_stands_where_its_payments_do(states: list[str], told: str) -> None:
    assert state_of_payouts(states) == told
