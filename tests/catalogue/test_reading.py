"""Pages by cursor, totals by currency, a bounded count and a limit of time, over a report of the tests' own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from common.errors import BrokenPromise
from common.scope import EVERYTHING
from reporting.catalogue import reading
from reporting.catalogue.cursor import Cursor
from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.errors import QuestionRefused, ReportTooSlow
from reporting.catalogue.types import Column, Query, Question, Report

QUESTION = Question(
    first=date(2026, 3, 1), last=date(2026, 3, 2), as_of=datetime(2026, 3, 3, tzinfo=UTC), scope=EVERYTHING
)
# Seven rows: day 1 has a to c, day 2 has a to d; the even ones are in dollars.
ROWS = """
    SELECT n AS id, date '2026-03-01' + n / 4 AS day, CASE mod(n, 2) WHEN 0 THEN 'USD' ELSE 'EUR' END AS currency,
           n * 1.10 AS amount, n * 10 AS bets FROM generate_series(1, %(rows)s) n
"""
REPORT = Report(
    code="seven", title="Seven rows", about="", family=Family.FINANCE, ids=(),
    columns=(
        Column(name="id", title="No.", kind=ColumnKind.CODE),
        Column(name="day", title="Day", kind=ColumnKind.DAY),
        Column(name="currency", title="Currency", kind=ColumnKind.CODE),
        Column(name="amount", title="Amount", kind=ColumnKind.MONEY, summed=True),
        Column(name="bets", title="Bets", kind=ColumnKind.WHOLE, summed=True),
    ),
    key=("day", "id"), query=lambda _question: Query(ROWS, {"rows": 7}),
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_pages_lead_forth_and_back_without_a_gap() -> None:
    pages = [reading.page(REPORT, QUESTION, size=3)]
    while pages[-1].next:
        pages.append(reading.page(REPORT, QUESTION, after=pages[-1].next, size=3))
    assert [[row["id"] for row in one.rows] for one in pages] == [[1, 2, 3], [4, 5, 6], [7]]
    assert pages[0].previous == ""

    back = reading.page(REPORT, QUESTION, after=pages[2].previous, size=3)
    assert [row["id"] for row in back.rows] == [4, 5, 6]
    assert back.next == pages[1].next
    assert [row["id"] for row in reading.page(REPORT, QUESTION, after=back.previous, size=3).rows] == [1, 2, 3]


def test_totals_are_by_currency_and_of_all_rows() -> None:
    euro, dollar, all_rows = reading.totals(REPORT, QUESTION)
    # EUR 1, 3, 5, 7: 16 x 1.10; USD 2, 4, 6: 12 x 1.10.
    assert (euro.currency, euro.rows, euro.values) == ("EUR", 4, {"amount": Decimal("17.60"), "bets": Decimal(160)})
    assert (dollar.currency, dollar.rows, dollar.values) == (
        "USD", 3, {"amount": Decimal("13.20"), "bets": Decimal(120)},
    )  # fmt: skip
    assert (all_rows.currency, all_rows.rows, all_rows.values) == (None, 7, {"bets": Decimal(280)})


def test_counting_ends_where_it_was_told() -> None:
    assert reading.count(REPORT, QUESTION, at_most=100) == 7
    assert reading.count(REPORT, QUESTION, at_most=5) == 5


def test_files_hold_the_rows_in_the_order_of_the_key() -> None:
    query = reading.copy_sql(REPORT, QUESTION)
    with connection.cursor() as cursor:
        cursor.execute(query.sql, query.parameters)
        assert [row[0] for row in cursor.fetchall()] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("word", ["nonsense", "W10", "WzAsIjEiXQ", "WzIsIjEiLCIyIl0", "é"])
def test_a_cursor_of_somebody_else_is_refused(word: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        reading.page(REPORT, QUESTION, after=word)
    assert refused.value.details["field"] == "after"


def test_a_cursor_whose_values_fit_no_column_is_refused() -> None:
    word = Cursor(("no day", "7")).text
    with pytest.raises(QuestionRefused), transaction.atomic():
        reading.page(REPORT, QUESTION, after=word)


def test_a_row_without_a_key_is_a_fault_of_the_report() -> None:
    keyless = replace(
        REPORT,
        query=lambda _question: Query(
            f"SELECT NULL::int AS id, r.day, r.currency, r.amount, r.bets FROM ({ROWS}) r", {"rows": 1}
        ),
    )
    with pytest.raises(BrokenPromise):
        reading.page(keyless, QUESTION)


def test_a_report_that_takes_too_long_says_so_and_leaves_the_limit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 1)
    slow = replace(REPORT, query=lambda _question: Query(f"SELECT r.* FROM ({ROWS}) r, pg_sleep(3)", {"rows": 1}))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '7s'")
        reading.count(REPORT, QUESTION, at_most=1)
        with pytest.raises(ReportTooSlow):
            reading.page(slow, QUESTION)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("7s",)
