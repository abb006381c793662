"""Who came, who paid, who stayed: retention of cohorts as a heat map with its figures in it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from reporting.catalogue.types import Question
from reporting.dashboards.admin.asked import question_before
from reporting.dashboards.admin.parts import Parts, Plot, labels, percent, report_address, whole
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.players import (
    COHORTS,
    active_by_day,
    first_deposits_by_day,
    monday,
    registrations_by_day,
    retention,
)
from reporting.dashboards.selectors.rows import by_day, summed
from reporting.dashboards.types import Cell, HeatMap, Period
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

REPORT: Final = "daily-summary"
COHORT_REPORT: Final = "cohorts"
ACTIVE: Final = "#047857"


def parts(question: Question) -> Parts:
    """Six readings."""
    known = Meanings()
    earlier = question_before(question)
    came, paid, played = (read(question) for read in (registrations_by_day, first_deposits_by_day, active_by_day))
    before = {"came": registrations_by_day(earlier), "paid": first_deposits_by_day(earlier)}
    address, day = report_address(REPORT, question), question.last
    registered, first = summed(came, "people"), summed(paid, "people")
    days = Period(question.first, question.last).days
    series = [
        Series(title, [float(found.get(one, 0)) for one in days], colour, dashed=dashed)
        for title, found, colour, dashed in (
            ("Registrations", by_day(came, "people"), GREY, True),
            ("First deposits", by_day(paid, "people"), PRIMARY, False),
            ("Active players", by_day(played, "people"), ACTIVE, False),
        )
    ]
    return Parts(
        tiles=[
            whole("Registrations", registered, summed(before["came"], "people"), address=address),
            whole("First deposits", first, summed(before["paid"], "people"), address=address),
            percent(
                "First deposits by registration", 100 * first / registered if registered else None,
                about=known.about("KPI-14", day), address=address,
            ),
            whole(
                "Most active players on a day", max((row["people"] for row in played), default=0),
                about=known.about("KPI-12", day), address=address, note="With a settled bet of real money.",
            ),
        ],
        plots=[
            Plot(
                Chart("Players by day", "line", labels(days), series, "players", "business day", 0, "No activity."),
                address, known.about("KPI-12", day),
            )
        ],
        heat=_heat(retention(question), question),
        empty=not (came or paid or played),
    )  # fmt: skip


def _heat(rows: list[dict[str, Any]], question: Question) -> HeatMap:
    sizes = {row["cohort"]: row["size"] for row in rows}
    people = {(row["cohort"], row["week"]): row["people"] for row in rows if row["week"] is not None}
    last = monday(question.last)
    found = []
    for cohort, size in sorted(sizes.items()):
        cells = []
        for week in range(COHORTS):
            if cohort + timedelta(weeks=week) > last:
                cells.append(Cell("", None))
                continue
            stayed = people.get((cohort, week), 0)
            cells.append(Cell(f"{100 * Decimal(stayed) / size:.0f} %", min(5, -(-5 * stayed // size))))
        found.append((f"{cohort:%Y-%m-%d} ({size:,})", cells))
    return HeatMap(
        title="Players who stayed, by the week of their first deposit",
        corner="Week from (players)",
        heads=["Same week", *(f"+{week}" for week in range(1, COHORTS))],
        rows=found,
        empty="Nobody deposited for the first time in these weeks.",
        address=report_address(COHORT_REPORT, question),
        note="The share of the cohort with a settled bet of real money in each week after it; weeks begin on Monday.",
    )
