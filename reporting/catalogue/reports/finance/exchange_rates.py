"""The rates by which days were told in the base currency (backoffice.md §6.2)."""

from __future__ import annotations

from django.conf import settings

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY
from reporting.catalogue.reports.pieces import code, text, yes_no
from reporting.catalogue.types import Chart, Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        SELECT r.day, r.currency, %(base)s || '/' || r.currency AS pair, r.rate, r.source, r.fixed
        FROM facts_rate r
        WHERE r.day BETWEEN %(first)s AND %(last)s AND {asked.filtered(currency="r.currency")}""",  # noqa: S608 - our own text
        base=settings.BASE_CURRENCY,
    )


REPORT = Report(
    code="exchange-rates",
    title="Exchange rates used",
    about="Units of a currency for one of the base currency, day by day, and who published them.",
    family=Family.FINANCE,
    ids=("R-17",),
    columns=(
        DAY, code("currency", "Currency"), code("pair", "Pair"),
        Column(name="rate", title="Rate", kind=ColumnKind.NUMBER), text("source", "Source"),
        yes_no("fixed", "Fixed", "Rates of ended days never change."),
    ),
    key=("day", "currency"),
    query=_query,
    filters=frozenset({FilterName.CURRENCY}),
    chart=Chart(kind="line", across="day", measures=("rate",), title="Rates", split="currency"),
)  # fmt: skip
