"""A report's chart, from the same SELECT as its rows: one for each currency, since amounts of two do not add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection

from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.reading import limited_time
from reporting.catalogue.types import Chart, Column, Question, Report
from reporting.overview.admin.charts import PRIMARY, Series
from reporting.overview.admin.charts import Chart as Drawing

COLOURS: Final = (PRIMARY, "#d97706", "#0d9488", "#9333ea", "#dc2626", "#65a30d", "#0284c7", "#db2777")
MOST_BARS: Final = 20
MOST_POINTS: Final = 400
MOST_CHARTS: Final = 3


def charts_of(report: Report, question: Question) -> list[Drawing]:
    """What the report draws, or nothing. Raises ReportTooSlow."""
    if report.chart is None:
        return []
    columns = {column.name: column for column in report.columns}
    first = columns[report.chart.measures[0]]
    told_in = first.currency if first.kind is ColumnKind.MONEY else ""
    rows = _rows(report, question, report.chart, told_in)
    words = list(dict.fromkeys(row["told_in"] for row in rows))[:MOST_CHARTS]
    return [_drawing(report.chart, columns, word, [row for row in rows if row["told_in"] == word]) for word in words]


def _drawing(chart: Chart, columns: dict[str, Column], word: str, rows: list[dict[str, Any]]) -> Drawing:
    first = columns[chart.measures[0]]
    unit = {
        ColumnKind.MONEY: word, ColumnKind.BASE: settings.BASE_CURRENCY, ColumnKind.PERCENT: "%",
        ColumnKind.MINUTES: "minutes",
    }.get(first.kind, first.title.lower())  # fmt: skip
    if chart.kind != "line" and not chart.split:
        rows = sorted(rows, key=lambda row: -abs(row[first.name] or 0))[:MOST_BARS]
    labels = list(dict.fromkeys(f"{row['across']}" for row in rows))
    series = _split(chart, first, labels, rows) if chart.split else [
        Series(columns[name].title, [row[name] for row in rows], COLOURS[number % len(COLOURS)])
        for number, name in enumerate(chart.measures)
    ]  # fmt: skip
    title = f"{chart.title}, {word}" if word else chart.title
    places = 0 if first.kind is ColumnKind.WHOLE else 2
    kind = "line" if chart.kind == "line" else "bar"
    return Drawing(title, kind, labels, series, unit, columns[chart.across].title, places, "No activity.")


def _split(chart: Chart, measure: Column, labels: Sequence[str], rows: list[dict[str, Any]]) -> list[Series]:
    found: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        found.setdefault(f"{row['split']}", {})[f"{row['across']}"] = row[measure.name]
    weights = {
        name: sum((abs(value) for value in line.values() if value is not None), Decimal(0))
        for name, line in found.items()
    }
    largest = sorted(found, key=lambda name: -weights[name])[: len(COLOURS)]
    return [
        Series(name, [found[name].get(label) for label in labels], COLOURS[number])
        for number, name in enumerate(largest)
    ]


def _rows(report: Report, question: Question, chart: Chart, told_in: str) -> list[dict[str, Any]]:
    query = report.query(question)
    word = f'q."{told_in}"::text' if told_in else "''"
    split = f'q."{chart.split}"' if chart.split else "''"
    sums = ", ".join(f'sum(q."{name}") AS "{name}"' for name in chart.measures)
    sql = f"""SELECT {word} AS told_in, q."{chart.across}" AS across, {split} AS split, {sums} FROM ({query.sql}) q
              GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT {MOST_POINTS}"""  # noqa: S608 - the report's own names
    with limited_time(), connection.cursor() as cursor:
        cursor.execute(sql, query.parameters)
        names = [one.name for one in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
