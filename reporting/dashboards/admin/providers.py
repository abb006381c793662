"""Providers beside each other: the report of providers as a picture."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from common.backoffice.display import money
from common.backoffice.sections import Section
from reporting.catalogue.types import Question
from reporting.dashboards.admin.parts import Parts, Plot, amount, report_address, whole
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.reports import report_rows
from reporting.dashboards.selectors.rows import summed
from reporting.overview.admin.charts import PRIMARY, Chart, Series

REPORT: Final = "provider-performance"
MOST: Final = 100
SHOWN: Final = 12
WON: Final = "#9ca3af"


def parts(question: Question) -> Parts:
    """One reading."""
    known = Meanings()
    rows = report_rows(REPORT, question, by="ggr", most=MOST)
    address = report_address(REPORT, question, converted="yes")
    return Parts(
        tiles=[
            amount("GGR", summed(rows, "ggr"), about=known.about("KPI-04", question.last), address=address),
            amount("Turnover", summed(rows, "turnover"), about=known.about("KPI-01", question.last), address=address),
            whole("Providers with play", len(rows), address=address),
            whole("Games played", summed(rows, "rounds"), address=address, note="Rounds that were settled."),
        ],
        plots=[Plot(_chart(rows[:SHOWN]), address, known.about("KPI-04", question.last))],
        sections=[_table(rows, address)],
        empty=not rows,
    )


def _chart(rows: list[dict[str, Any]]) -> Chart:
    base = settings.BASE_CURRENCY
    names = [str(row["provider"]) for row in rows]
    series = [
        Series("GGR", [row["ggr"] for row in rows], PRIMARY),
        Series("Turnover", [row["turnover"] for row in rows], WON),
    ]
    return Chart(f"GGR and turnover by provider, {base}", "bar", names, series, base, "provider", 2, "No activity.")


def _table(rows: list[dict[str, Any]], address: str) -> Section:
    base = settings.BASE_CURRENCY
    cells = [
        (
            row["provider"], f"{row['rounds']:,}", money(row["turnover"], base), money(row["won"], base),
            money(row["ggr"], base), share(row["hold"]), share(row["rtp_actual"]),
        )
        for row in rows
    ]  # fmt: skip
    links = [("Report", address)] if address else []
    heads = ("Provider", "Games played", "Turnover", "Won", "GGR", "Hold", "RTP")
    return Section("Providers, the largest GGR first", heads, cells, empty="No activity on these days.", links=links)


def share(value: Any) -> str:
    """A percentage for a table."""
    return "–" if value is None else f"{value:,.2f} %"
