"""Statements and point-in-time balances: opening + movements = closing, whatever the period and the page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet.ledger_books import NOON, Books
from wallet.models import Entry
from wallet.selectors.statements import NoHistory, Statement, balance_at, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def books() -> Books:
    """Booked one second apart, the first one second after noon: 100, −10.005, +25, −2, +2."""
    books = Books()
    books.deposit("100")
    books.bet("10.005")
    books.win("25")
    books.rollback_bet(books.bet("2"), "2")
    return books


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_balance_is_told_for_every_moment(books: Books) -> None:
    for seconds, balance in (
        (0, "0"),
        (1, "100"),
        (1.5, "100"),
        (2, "89.995"),
        (3, "114.995"),
        (4, "112.995"),
        (99, "114.995"),
    ):
        assert balance_at(books.real, NOON + at(seconds)) == Decimal(balance)


def test_a_statement_opens_moves_and_closes(books: Books) -> None:
    told = statement(books.real, NOON + at(2), NOON + at(4))
    assert (told.currency, told.opening, told.closing, told.line_count) == ("EUR", Decimal(100), Decimal("114.995"), 2)
    assert [(line.version, line.kind, line.amount, line.balance_after) for line in told.lines] == [
        (2, "bet", Decimal("-10.005"), Decimal("89.995")),
        (3, "win", Decimal(25), Decimal("114.995")),
    ]
    assert told.lines[0].reference == "round 1"
    assert told.next_after is None
    assert_adds_up(told)


def test_pages_follow_each_other_by_version(books: Books) -> None:
    versions: list[int] = []
    after: int | None = 0
    while after is not None:
        page = statement(books.real, NOON, NOON + at(99), after_version=after, limit=2)
        assert (page.opening, page.closing, page.line_count) == (Decimal(0), Decimal("114.995"), 5)
        versions += [line.version for line in page.lines]
        after = page.next_after
    assert versions == [1, 2, 3, 4, 5]


def test_house_accounts_and_strangers_have_no_statement(books: Books) -> None:
    for account in (books.gaming, 10**9):
        with pytest.raises(NoHistory):
            statement(account, NOON, NOON)
        with pytest.raises(NoHistory):
            balance_at(account, NOON)
    with pytest.raises(ValueError, match="ends before it starts"):
        statement(books.real, NOON, NOON - at(1))


def assert_adds_up(told: Statement) -> None:
    assert told.opening + sum((line.amount for line in told.lines), Decimal(0)) == told.closing


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(st.integers(-5, 5), min_size=1, max_size=8),
    start=st.integers(-20, 20),
    length=st.integers(0, 40),
)
def test_every_statement_adds_up_even_when_moments_and_versions_disagree(
    books: Books, moments: list[int], start: int, length: int
) -> None:
    # Calls that waited for the lock carry the moment of their arrival, so a later version may be earlier.
    for moment in moments:
        books.now = NOON + at(moment)
        books.bet("0.01")
    whole = Entry.objects.filter(account_id=books.real).count()
    told = statement(books.real, NOON + at(start), NOON + at(start + length), limit=whole)
    assert len(told.lines) == told.line_count
    assert_adds_up(told)
    assert statement(books.real, NOON - at(99), NOON + at(999), limit=whole).line_count == whole
    before = statement(books.real, NOON - at(99), NOON + at(start), limit=whole)
    assert before.closing == told.opening
