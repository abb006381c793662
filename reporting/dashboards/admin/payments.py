"""Deposits from the attempt to the settlement, and why they end on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from casino.cashier.enums import DepositState
from common.backoffice.sections import Section
from reporting.catalogue.types import Question
from reporting.dashboards.admin.asked import question_before
from reporting.dashboards.admin.parts import Parts, Plot, labels, percent, report_address, whole
from reporting.dashboards.admin.providers import share
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.payments import attempts_by_day, methods, reasons
from reporting.dashboards.selectors.rows import by_day, summed
from reporting.dashboards.types import Period
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

REPORT: Final = "deposits"
METHODS: Final = "payment-methods"
SETTLED: Final = "#047857"


def parts(question: Question) -> Parts:
    """Four readings, all by the index on the time of the attempt."""
    known = Meanings()
    now, before = attempts_by_day(question), attempts_by_day(question_before(question))
    address = report_address(REPORT, question)
    words = known.about("KPI-21", question.last)
    counts = {name: summed(now, name) for name in ("attempted", "approved", "settled", "still_open")}
    tiles = [
        whole("Attempted", counts["attempted"], summed(before, "attempted") if before else None, address=address),
        whole("Approved", counts["approved"], summed(before, "approved") if before else None, address=address),
        percent("Approved of attempted", _rate(now), _rate(before), about=words, address=address),
        whole("Settled", counts["settled"], address=address, note="In a settlement file of the gateway."),
        whole("Still under way", counts["still_open"], address=address, note="Neither approved nor ended."),
    ]
    days = Period(question.first, question.last).days
    series = [
        Series(title, [float(found.get(day, 0)) for day in days], colour, dashed=dashed)
        for title, found, colour, dashed in (
            ("Attempted", by_day(now, "attempted"), GREY, True),
            ("Approved", by_day(now, "approved"), PRIMARY, False),
            ("Settled", by_day(now, "settled"), SETTLED, False),
        )
    ]
    chart = Chart(
        "Deposits by day of the attempt", "line", labels(days), series, "deposits", "business day", 0, "No activity."
    )
    why = reasons(question)
    ended = Chart(
        "Why attempts ended without money", "bar", [_reason(row) for row in why],
        [Series("Attempts", [row["attempts"] for row in why], PRIMARY)], "attempts", "reason", 0, "None ended.",
    )  # fmt: skip
    rows = methods(question)
    links = [("Report", found)] if (found := report_address(METHODS, question)) else []
    table = Section(
        "By method and gateway", ("Method", "Gateway", "Attempted", "Approved", "Approved of attempted", "Under way"),
        [
            (row["method"], row["gateway"] or "–", f"{row['attempted']:,}", f"{row['approved']:,}",
             share(100 * Decimal(row["approved"]) / row["attempted"]), f"{row['still_open']:,}")
            for row in rows
        ],
        empty="Nobody tried to deposit on these days.", links=links,
    )  # fmt: skip
    return Parts(
        tiles=tiles, plots=[Plot(chart, address, words), Plot(ended, address)], sections=[table], empty=not now
    )


def _rate(rows: list[dict[str, Any]]) -> Decimal | None:
    tried = summed(rows, "attempted")
    return 100 * summed(rows, "approved") / tried if tried else None


def _reason(row: dict[str, Any]) -> str:
    state = DepositState(row["state"]).label
    return f"{state}: {row['code'].replace('_', ' ')}" if row["code"] else state
