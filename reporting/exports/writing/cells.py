"""The SELECT around a report that writes its values as files hold them: exact, and nothing that a spreadsheet runs.

One SELECT for CSV, workbooks and PDF, so that they can not differ. Moments are two columns: UTC, and the brand's clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.types import Column, Question, Report
from reporting.exports.writing.zones import zone_expression

# What begins so is a formula to a spreadsheet, whatever stands behind it (as common.csv_text, here in SQL).
_DANGEROUS: Final = r"^[=+\-@\t\r\n]"
_NUMBERS: Final = frozenset({ColumnKind.MONEY, ColumnKind.BASE, ColumnKind.PERCENT, ColumnKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the file: its name for machines, its title for people, the report's column it is made from."""

    name: str
    title: str
    source: Column

    @property
    def numeric(self) -> bool:
        """Whether workbooks hold it as a number."""
        return self.source.kind in _NUMBERS or self.source.kind in (ColumnKind.WHOLE, ColumnKind.MINUTES)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: its columns, and the SELECT of its rows, whose values are all text or NULL."""

    cells: Sequence[Cell]
    sql: str
    parameters: Mapping[str, object]


def sheet_of(report: Report, question: Question) -> Sheet:
    """The columns and the SELECT of a report's file, ordered by the report's key."""
    query = report.query(question)
    zone, more = zone_expression(report, question)
    cells: list[Cell] = []
    parts: list[str] = []
    for column in report.columns:
        quoted = f'q."{column.name}"'
        if column.kind is ColumnKind.MOMENT:
            cells += [
                Cell(f"{column.name}_utc", f"{column.title} (UTC)", column),
                Cell(f"{column.name}_local", f"{column.title} (local)", column),
            ]
            parts += [_utc(quoted), _local(quoted, zone)]
        else:
            cells.append(Cell(column.name, column.title, column))
            parts.append(_text(column, quoted))
    order = ", ".join(f'q."{name}"' for name in report.key)
    listed = ", ".join(parts)
    sql = f"SELECT {listed} FROM ({query.sql}) q ORDER BY {order}"  # noqa: S608 - names are the report's own
    return Sheet(cells, sql, {**query.parameters, **more})


def _text(column: Column, quoted: str) -> str:
    kind = column.kind
    if kind in _NUMBERS:
        return f"trim_scale({quoted}::numeric)::text"
    if kind is ColumnKind.DAY:
        return f"to_char({quoted}::date, 'YYYY-MM-DD')"
    if kind is ColumnKind.YES_NO:
        return f"CASE WHEN {quoted} THEN 'yes' WHEN NOT {quoted} THEN 'no' END"
    if kind in (ColumnKind.WHOLE, ColumnKind.MINUTES):
        return f"{quoted}::text"
    # NUL can not be in a text; a line break inside a cell is quoted by COPY and stays (RFC 4180).
    return f"CASE WHEN {quoted}::text ~ E'{_sql(_DANGEROUS)}' THEN '''' || {quoted}::text ELSE {quoted}::text END"


def _sql(pattern: str) -> str:
    """A regular expression inside E'…', where a backslash is written twice."""
    return pattern.replace("\\", "\\\\")


def _utc(quoted: str) -> str:
    return f"""to_char({quoted} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _local(quoted: str, zone: str) -> str:
    """What the clocks of the brand showed, with the name of their zone: "2026-11-21 01:00:00.000000 Europe/Malta"."""
    return f"to_char({quoted} AT TIME ZONE ({zone}), 'YYYY-MM-DD HH24:MI:SS.US') || ' ' || ({zone})"
