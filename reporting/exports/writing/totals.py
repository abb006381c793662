"""Rows and totals of a report, summed by the database over the very query whose rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Final

from django.db import connection

from common.money import decimal_text
from reporting.catalogue.enums import ColumnKind
from reporting.catalogue.types import Column, Question, Report
from wallet.sealing.canonical import Json

_PRECISION: Final = 100  # of sums, beyond any numeric(38, 18)


@dataclass(frozen=True, slots=True)
class Totals:
    """`by_currency` holds the sums of amounts by the currency of their rows, `overall` those of all other columns."""

    rows: int
    overall: Mapping[str, Decimal]
    by_currency: Mapping[str, Mapping[str, Decimal]]

    def as_json(self) -> dict[str, Json]:
        """For the manifest; amounts are exact text."""
        by_currency: dict[str, Json] = {
            currency: {name: decimal_text(value) for name, value in sums.items()}
            for currency, sums in sorted(self.by_currency.items())
        }
        overall: dict[str, Json] = {name: decimal_text(value) for name, value in self.overall.items()}
        return {"overall": overall, "by_currency": by_currency}

    def lines(self) -> list[tuple[str, str]]:
        """For people: one line for the rows, one for each total."""
        told = [("Rows", f"{self.rows:,}")]
        told += [(f"Total {name}", decimal_text(value)) for name, value in self.overall.items()]
        for currency, sums in sorted(self.by_currency.items()):
            told += [(f"Total {name}, {currency}", decimal_text(value)) for name, value in sums.items()]
        return told


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
        cursor.execute(sql, dict[str, Any](query.parameters))
        found = cursor.fetchall()
    return [
        (row[0] or "", row[1], dict(zip((column.name for column in columns), row[2:], strict=True))) for row in found
    ]
