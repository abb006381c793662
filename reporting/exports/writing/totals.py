"""Rows and totals of a report, summed by the database over the very query whose rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from django.db import connection

from common.money import decimal_text
from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.types import Column, Question, Report

_PRECISION: Final = 100  # of sums, beyond any numeric(38, 18)


@dataclass(frozen=True, slots=True)
class Totals:
    """`by_currency` holds the sums of amounts by the currency of their rows, `overall` those of all other columns."""

    rows: int
    overall: Mapping[str, Decimal]
    by_currency: Mapping[str, Mapping[str, Decimal]]

    def as_json(self) -> dict[str, dict[str, str] | dict[str, dict[str, str]]]:
        """For the manifest; amounts are exact text."""
        return {
            "overall": {name: decimal_text(value) for name, value in self.overall.items()},
            "by_currency": {
                currency: {name: decimal_text(value) for name, value in sums.items()}
                for currency, sums in sorted(self.by_currency.items())
            },
        }


def totals_of(report: Report, question: Question) -> Totals:
    """One pass for each column of currencies that summed amounts are told by; most reports have one."""
    summed = [column for column in report.columns if column.summed]
    money = [column for column in summed if column.kind is ColumnKind.MONEY]
    others = [column for column in summed if column.kind is not ColumnKind.MONEY]
    currencies = sorted({column.currency for column in money}) or [""]
    overall: dict[str, Decimal] = {}
    by_currency: dict[str, dict[str, Decimal]] = {}
    rows = 0
    with localcontext() as exact:
        exact.prec = _PRECISION
        for number, currency in enumerate(currencies):
            mine = [column for column in money if column.currency == currency]
            found = _grouped(report, question, currency, [*mine, *(others if number == 0 else [])])
            rows = sum(count for _word, count, _sums in found)
            for word, _count, sums in found:
                for column, value in sums.items():
                    into = by_currency.setdefault(word, {}) if column in {one.name for one in mine} else overall
                    into[column] = into.get(column, Decimal(0)) + value
    return Totals(rows, overall, by_currency)


def _grouped(
    report: Report, question: Question, currency: str, columns: list[Column]
) -> list[tuple[str, int, dict[str, Decimal]]]:
    query = report.query(question)
    word = f'q."{currency}"::text' if currency else "''"
    sums = "".join(f', coalesce(sum(q."{column.name}"), 0)::numeric' for column in columns)
    grouped = f"GROUP BY {word}" if currency else ""
    sql = f"SELECT {word}, count(*){sums} FROM ({query.sql}) q {grouped}"  # noqa: S608 - names are the report's own
    with connection.cursor() as cursor:
        cursor.execute(sql, query.parameters)
        found = cursor.fetchall()
    return [
        (row[0] or "", row[1], dict(zip((column.name for column in columns), row[2:], strict=True))) for row in found
    ]
