"""Reading a report: a page by cursor, totals, a bounded count, the SELECT that files are written from, its ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import DataError, OperationalError, connection, transaction

from common.errors import BrokenPromise
from reporting.catalogue.cursor import Cursor, bad_cursor, cursor_read
from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.errors import ReportTooSlow
from reporting.catalogue.types import Query, Question, Report, Tie

SECONDS: Final = 15  # that a page, its totals or its reconciliation may take; exports have no limit
_CANCELLED: Final = "57014"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows by names of columns, and the cursors of the pages around them; "" where there is none."""

    rows: Sequence[Mapping[str, Any]]
    next: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Sums over the whole report: of one currency, with its rows, or (`currency` None) of what is told in none."""

    currency: str | None
    rows: int
    values: Mapping[str, Decimal]


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within sees one moment of the database. Inside a transaction, that transaction's."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def page(report: Report, question: Question, *, after: str = "", size: int = 50) -> Page:
    """One page of rows in the order of the report's key. Raises QuestionRefused for a bad cursor, ReportTooSlow."""
    cursor = cursor_read(after, len(report.key))
    query = report.query(question)
    try:
        found = _rows(_page_sql(report, query, cursor, size + 1), {**query.parameters, **cursor.parameters})
    except DataError:  # a key that is none of these columns'
        if not cursor.key:
            raise
        raise bad_cursor() from None
    more, rows = len(found) > size, found[:size]
    if cursor.backwards:
        rows.reverse()
    keys = [tuple(row[name] for name in report.key) for row in rows]
    if any(value is None for key in keys for value in key):
        raise BrokenPromise(f"a row of the report {report.code} has no key")
    before, behind = (more, True) if cursor.backwards else (bool(after), more)
    return Page(
        rows=rows,
        next=Cursor(keys[-1]).text if rows and behind else "",
        previous=Cursor(keys[0], backwards=True).text if rows and before else "",
    )


def totals(report: Report, question: Question) -> list[Total]:
    """What the report's summed columns come to: amounts by currency, everything else over all rows.

    Amounts told in different columns of currencies make a group each. Raises ReportTooSlow.
    """
    summed = [column for column in report.columns if column.summed]
    if not summed:
        return []
    query, found = report.query(question), []
    others = [column.name for column in summed if column.kind is not ColumnKind.MONEY]
    told_in = list(dict.fromkeys(column.currency for column in summed if column.kind is ColumnKind.MONEY))
    for number, currency in enumerate(told_in):
        mine = [column.name for column in summed if column.kind is ColumnKind.MONEY and column.currency == currency]
        found += _grouped(query, f'q."{currency}"', [*mine, *(others if number == 0 else [])])
    return found + (_grouped(query, "", others) if others and len(found) != 1 else [])


def count(report: Report, question: Question, at_most: int) -> int:
    """How many rows there are, counted no further than `at_most`. Raises ReportTooSlow."""
    query = report.query(question)
    sql = f"SELECT count(*) AS rows FROM (SELECT 1 FROM ({query.sql}) q LIMIT {int(at_most)}) c"  # noqa: S608 - ours
    return int(_rows(sql, query.parameters)[0]["rows"])


def copy_sql(report: Report, question: Question) -> Query:
    """The SELECT of all rows in the order of the report's key, as COPY takes it."""
    query = report.query(question)
    listed, order = _listed(column.name for column in report.columns), _listed(report.key)
    return Query(f"SELECT {listed} FROM ({query.sql}) q ORDER BY {order}", query.parameters)  # noqa: S608 - our names


def ties(report: Report, question: Question) -> Sequence[Tie]:
    """The reconciliation with the ledger; every line's difference must be zero. Raises ReportTooSlow."""
    if report.ties is None:
        return ()
    with limited_time():
        return report.ties(question)


@contextmanager
def limited_time() -> Iterator[None]:
    """No statement within takes longer than SECONDS. Raises ReportTooSlow; the limit before it comes back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            (before,) = cursor.fetchone() or ("0",)
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            yield
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != _CANCELLED:
            raise
        raise ReportTooSlow(seconds=f"{SECONDS}") from fault


def _page_sql(report: Report, query: Query, cursor: Cursor, most: int) -> str:
    listed = _listed(column.name for column in report.columns)
    sign, way = ("<", " DESC") if cursor.backwards else (">", "")
    beyond = f"WHERE ({_listed(report.key)}) {sign} ({cursor.placeholders})" if cursor.key else ""
    order = ", ".join(f'q."{name}"{way}' for name in report.key)
    return f"SELECT {listed} FROM ({query.sql}) q {beyond} ORDER BY {order} LIMIT {most}"  # noqa: S608 - our names


def _listed(names: Any) -> str:
    return ", ".join(f'q."{name}"' for name in names)


def _grouped(query: Query, word: str, names: Sequence[str]) -> list[Total]:
    sums = "".join(f', coalesce(sum(q."{name}"), 0)::numeric AS "{name}"' for name in names)
    grouped = f"GROUP BY {word} ORDER BY {word}" if word else ""
    sql = f"SELECT {f'{word}::text' if word else 'NULL'} AS told_in, count(*) AS of_rows{sums} FROM ({query.sql}) q {grouped}"  # noqa: S608, E501 - our names
    return [
        Total(currency=row["told_in"], rows=row["of_rows"], values={name: row[name] for name in names})
        for row in _rows(sql, query.parameters)
    ]


def _rows(sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    with limited_time(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [one.name for one in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
