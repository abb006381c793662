"""A report of every kind of column, written as CSV, workbook and PDF: exact, local, harmless, the same each time."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection, transaction

from common.scope import EVERYTHING
from players.models import Brand
from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.types import Column, Query, Question, Report
from reporting.exports.enums import Cadence
from reporting.exports.errors import CellTooLong
from reporting.exports.periods import periods_over
from reporting.exports.writing.about import About
from reporting.exports.writing.cells import sheet_of
from reporting.exports.writing.csv_file import CsvRows, heading
from reporting.exports.writing.pdf_file import pdf_write
from reporting.exports.writing.progress import unheard
from reporting.exports.writing.totals import totals_of
from reporting.exports.writing.xlsx_file import Workbook, text_rows
from tests.exports.scene import rows as csv_rows
from tests.factories import NOON

pytestmark = pytest.mark.django_db
K = ColumnKind
REPORT = Report(
    code="of-every-kind", title="Of every kind", about="For tests.", family=Family.FINANCE, ids=("T-1",),
    columns=(
        Column(name="code", title="Code", kind=K.CODE), Column(name="brand", title="Brand", kind=K.CODE),
        Column(name="words", title="Words"), Column(name="currency", title="Currency", kind=K.CODE),
        Column(name="amount", title="Amount", kind=K.MONEY, summed=True),
        Column(name="bets", title="Bets", kind=K.WHOLE, summed=True), Column(name="hold", title="Hold", kind=K.PERCENT),
        Column(name="day", title="Day", kind=K.DAY), Column(name="at", title="Booked", kind=K.MOMENT),
        Column(name="live", title="Live", kind=K.YES_NO),
    ),
    key=("code",),
    query=lambda _question: Query(
        """
        SELECT * FROM (VALUES
            ('0042', 'north', E'=cmd|''/c calc''!A1', 'EUR', 1234567890123456.123456789012345678::numeric, 7, 96.50,
             DATE '2026-03-29', TIMESTAMPTZ '2026-03-29T00:59:59.5Z', true),
            ('0043', 'north', E'two\nlines, "quoted"', 'EUR', -0.10::numeric, 3, NULL, DATE '2026-03-30',
             TIMESTAMPTZ '2026-03-29T01:00:00Z', false),
            ('0044', 'south', E'\r+1', 'JPY', 1000.000::numeric, 0, 100, DATE '2026-12-31',
             TIMESTAMPTZ '2026-12-31T23:30:00Z', NULL)
        ) v(code, brand, words, currency, amount, bets, hold, day, at, live) WHERE code LIKE %(like)s
        """,
        {"like": "%"},
    ),
)  # fmt: skip
QUESTION = Question(first=date(2026, 3, 1), last=date(2026, 12, 31), as_of=NOON, scope=EVERYTHING)


@pytest.fixture(autouse=True)
def brands() -> None:
    for code, zone in (("north", "Europe/Malta"), ("south", "Asia/Tokyo")):
        brand = Brand.objects.create(code=code, name=code.title(), jurisdiction="MT")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO facts_calendar (brand_id, from_day, time_zone, day_starts, added_at, added_by)"
                " VALUES (%s, '2020-01-01', %s, '0', now(), 'system:tests')",
                [brand.pk, zone],
            )


def csv_of(report: Report = REPORT) -> bytes:
    sheet = sheet_of(report, QUESTION)
    return heading(sheet, bom=False) + b"".join(CsvRows(sheet, unheard).part())


def test_csv_is_exact_local_and_harmless() -> None:
    found = csv_rows(csv_of())
    assert [row["code"] for row in found] == ["0042", "0043", "0044"]
    assert [row["words"] for row in found] == ["'=cmd|'/c calc'!A1", 'two\nlines, "quoted"', "'\r+1"]
    assert [row["amount"] for row in found] == ["1234567890123456.123456789012345678", "-0.1", "1000"]
    assert [row["hold"] for row in found] == ["96.5", "", "100"]
    assert [row["live"] for row in found] == ["yes", "no", ""]
    assert [row["day"] for row in found] == ["2026-03-29", "2026-03-30", "2026-12-31"]
    # The night in which Malta's clocks go from 02:00 to 03:00, and a day that is over in Tokyo.
    assert [(row["at_utc"], row["at_local"]) for row in found] == [
        ("2026-03-29T00:59:59.500000Z", "2026-03-29 01:59:59.500000 Europe/Malta"),
        ("2026-03-29T01:00:00.000000Z", "2026-03-29 03:00:00.000000 Europe/Malta"),
        ("2026-12-31T23:30:00.000000Z", "2027-01-01 08:30:00.000000 Asia/Tokyo"),
    ]
    assert csv_of() == csv_of()


def test_totals_are_told_by_currency_and_exactly() -> None:
    found = totals_of(REPORT, QUESTION)
    assert (found.rows, found.overall) == (3, {"bets": Decimal(10)})
    assert found.by_currency == {
        "EUR": {"amount": Decimal("1234567890123456.023456789012345678")}, "JPY": {"amount": Decimal(1000)}
    }  # fmt: skip


def about() -> About:
    return About(report=REPORT, question=QUESTION, filters={"brand": "north"}, definitions=[], requester="Carol",
                 made_at=datetime(2027, 1, 1, 12, tzinfo=UTC))  # fmt: skip


def workbook(path: Path, sheet_rows: int = 1_048_576) -> dict[str, str]:
    sheet = sheet_of(REPORT, QUESTION)
    book = Workbook(path, title="T", made_at=about().made_at, sheet_rows=sheet_rows)
    with transaction.atomic():
        book.write(sheet.cells, text_rows(sheet), unheard)
    book.about(about().lines())
    book.close()
    assert book.rows == 3
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_a_workbook_runs_nothing_keeps_zeros_and_continues_on_further_sheets(tmp_path: Path) -> None:
    parts = workbook(tmp_path / "one.xlsx")
    page = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in page
    assert "<t>0042</t>" in page
    assert "'=cmd|" in page.replace("&#39;", "'")
    assert "<t>1234567890123456.123456789012345678</t>" in page  # longer than a number of Excel is exact
    assert "<v>-0.1</v>" in page
    assert "<v>46110</v>" in page  # 2026-03-29 as Excel counts days
    workbook(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    split = workbook(tmp_path / "split.xlsx", sheet_rows=3)
    assert [name in split["xl/workbook.xml"] for name in ('"Rows"', '"Rows 2"', '"About"')] == [True, True, True]
    assert "<t>0044</t>" in split["xl/worksheets/sheet2.xml"]
    assert "<t>0044</t>" not in split["xl/worksheets/sheet1.xml"]


def test_a_cell_too_long_for_a_workbook_is_refused_not_cut(tmp_path: Path) -> None:
    long = Report(code="long", title="Long", about="", family=Family.STAFF, ids=(), key=("a",),
                  columns=(Column(name="a", title="A"),),
                  query=lambda _q: Query("SELECT repeat('x', 32768) AS a", {}))  # fmt: skip
    sheet = sheet_of(long, QUESTION)
    book = Workbook(tmp_path / "long.xlsx", title="T", made_at=NOON)
    with pytest.raises(CellTooLong), transaction.atomic():
        book.write(sheet.cells, text_rows(sheet), unheard)


def test_a_pdf_has_header_pages_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    def made(name: str, times: int = 1) -> bytes:
        sheet = sheet_of(REPORT, QUESTION)
        with transaction.atomic():
            rows = [row for row in text_rows(sheet) for _again in range(times)]
        count = pdf_write(tmp_path / name, about=about(), cells=sheet.cells, rows=rows,
                          totals=totals_of(REPORT, QUESTION), heard=unheard)  # fmt: skip
        assert count == 3 * times
        return (tmp_path / name).read_bytes()

    assert made("one.pdf") == made("two.pdf")
    assert made("long.pdf", 60).count(b"/Type /Page\n") > 3


def test_an_empty_report_is_a_heading_alone() -> None:
    empty = Report(code="empty", title="E", about="", family=Family.STAFF, ids=(), key=("a",),
                   columns=(Column(name="a", title="A", summed=True, kind=K.WHOLE),),
                   query=lambda _q: Query("SELECT 1 AS a WHERE false", {}))  # fmt: skip
    assert csv_of(empty) == b"a\r\n"
    assert totals_of(empty, QUESTION).rows == 0


@pytest.mark.parametrize(
    ("cadence", "since", "until", "names"),
    [
        (Cadence.DAILY, date(2026, 2, 27), date(2026, 3, 2), ["2026-02-27", "2026-02-28", "2026-03-01"]),
        (Cadence.WEEKLY, date(2026, 12, 22), date(2027, 1, 11), ["2026-W53", "2027-W01"]),
        (Cadence.MONTHLY, date(2026, 1, 2), date(2026, 4, 1), ["2026-02", "2026-03"]),
        (Cadence.MONTHLY, date(2026, 1, 1), date(2026, 1, 31), []),
    ],
)
def test_periods_follow_each_other_without_gap(cadence: Cadence, since: date, until: date, names: list[str]) -> None:
    found = list(periods_over(cadence, since=since, until=until))
    assert [period.name for period in found] == names
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(found))
