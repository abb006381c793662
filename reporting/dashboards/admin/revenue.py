"""GGR and NGR by day, beside the days before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from reporting.catalogue.types import Question
from reporting.dashboards.admin.asked import question_before
from reporting.dashboards.admin.parts import Parts, Plot, amount, labels, missing_rates, percent, report_address, whole
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.revenue import play_by_day
from reporting.dashboards.selectors.rows import ZERO, summed
from reporting.dashboards.types import Period
from reporting.overview.admin.charts import PRIMARY, Chart, Series

BEFORE: Final = "#9ca3af"
MEASURES: Final = ("SC", "SB", "VC", "VB", "WC", "WB", "JW", "JC", "FW", "PW", "BG", "FL")
TURNOVER, GGR, NGR, HOLD = "KPI-01", "KPI-04", "ngr_crm", "KPI-08"
REPORT: Final = "daily-summary"


def parts(question: Question) -> Parts:
    """Two readings: these days and those before."""
    known = Meanings()
    earlier = question_before(question)
    now, before = play_by_day(question), play_by_day(earlier)
    address = report_address(REPORT, question)
    day = question.last
    one, other = _measures(now), _measures(before)
    tiles = [
        amount(
            title, known.value(code, one, at=day), known.value(code, other, at=earlier.last) if before else None,
            about=known.about(code, day), address=address,
        )
        for title, code in (("GGR", GGR), ("NGR", NGR), ("Turnover", TURNOVER))
    ]  # fmt: skip
    hold = known.value(HOLD, one, at=day) if now else None
    tiles.append(percent("Hold", hold, about=known.about(HOLD, day), address=address))
    tiles.append(whole("Bets", summed(now, "bets"), summed(before, "bets") if before else None, address=address))
    return Parts(
        tiles=tiles,
        plots=[
            Plot(_chart("GGR", GGR, question, now, before, known), address, known.about(GGR, day)),
            Plot(_chart("NGR", NGR, question, now, before, known), address, known.about(NGR, day)),
        ],
        warnings=missing_rates([*now, *before]),
        empty=not now and not before,
    )


def _measures(rows: list[dict[str, Any]]) -> dict[str, Decimal]:
    return {name: summed(rows, name) for name in MEASURES}


def _chart(
    title: str, code: str, question: Question, now: list[dict[str, Any]], before: list[dict[str, Any]],
    meanings: Meanings,
) -> Chart:  # fmt: skip
    period = Period(question.first, question.last)
    base = settings.BASE_CURRENCY
    return Chart(
        f"{title} by day, {base}", "line", labels(period.days),
        [
            Series("These days", _values(code, now, period.days, meanings), PRIMARY),
            Series("The days before", _values(code, before, period.before.days, meanings), BEFORE, dashed=True),
        ],
        base, "business day of the brand", 2, "No activity on these days, nor on those before.",
    )  # fmt: skip


def _values(
    code: str, rows: list[dict[str, Any]], days: list[date], meanings: Meanings
) -> list[Decimal | float | int | None]:
    by_day: Mapping[date, dict[str, Any]] = {row["day"]: row for row in rows}
    found: list[Decimal | float | int | None] = []
    for day in days:
        row = by_day.get(day)
        found.append(ZERO if row is None else meanings.value(code, _measures([row]), at=day))
    return found
