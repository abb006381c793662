"""Duty and taxes by month and licence (backoffice.md §6.2): the base as the law defines it, the rate, what is due."""

from __future__ import annotations

from decimal import Decimal

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.computed import months, play_measures, told
from reporting.catalogue.reports.pieces import BRAND, JURISDICTION, code, text
from reporting.catalogue.types import Column, Query, Question, Report
from reporting.definitions.errors import MeasureMissing
from reporting.definitions.selectors.definitions import definition_get, duties_at, figure

_COLUMNS = (
    "month date, jurisdiction text, brand text, tax text, title text, base text, version numeric,"
    " amount numeric, percent numeric, due numeric"
)


def _query(question: Question) -> Query:
    asked = Asked(question)
    rows = []
    for first, last in months(question):
        for (licence, brand_id), measures in sorted(play_measures(question, first, last, "brand_id").items()):
            for duty in duties_at(licence, last):
                try:
                    base = figure(duty.base, measures, at=last)
                except MeasureMissing:  # a base of costs that facts do not know: told without an amount
                    base = None
                rows.append({
                    "month": first, "jurisdiction": licence, "brand": brand_id, "tax": duty.tax, "title": duty.title,
                    "base": duty.base, "version": definition_get(duty.base, at=last).version, "amount": base,
                    "percent": duty.rate * 100, "due": None if base is None else max(base, Decimal(0)) * duty.rate,
                })  # fmt: skip
    found = told(asked, rows, _COLUMNS)
    return asked.query(
        f"""SELECT d.month, d.jurisdiction, b.code AS brand, d.tax, d.title, d.base, d.version, d.amount,
                   d.percent, d.due
            FROM ({found.sql}) d JOIN players_brand b ON b.id = d.brand::bigint""",  # noqa: S608 - our own text
        **found.parameters,
    )


REPORT = Report(
    code="duty",
    title="Duty and taxes",
    about="What is due for settled play, by month, licence and brand, in the base currency. Carried losses: not here.",
    family=Family.FINANCE,
    ids=("KPI-05",),
    columns=(
        Column(name="month", title="From", kind=ColumnKind.DAY), JURISDICTION, BRAND, code("tax", "Tax"),
        text("title", "Name"), code("base", "Base by"), code("version", "version"),
        Column(name="amount", title="Base", kind=ColumnKind.BASE, summed=True),
        Column(name="percent", title="Rate", kind=ColumnKind.PERCENT),
        Column(name="due", title="Due", kind=ColumnKind.BASE, summed=True, about="Nothing for a base below zero."),
    ),
    key=("month", "jurisdiction", "brand", "tax"),
    query=_query,
    filters=frozenset({FilterName.BRAND, FilterName.JURISDICTION}),
)  # fmt: skip
