"""What the house owes at the end of each day, and what covers it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from reporting.catalogue.types import Question
from reporting.dashboards.admin.parts import Parts, Plot, amount, labels, missing_rates, percent, report_address
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.liability import balances_by_day, house_now, open_rounds
from reporting.dashboards.types import Period, Tile
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

REPORT: Final = "player-liability"
COVERAGE: Final = "operator-liability"
HELD: Final = "#b45309"
PURSES: Final = (
    ("Cash of players", "real", PRIMARY, False), ("Withdrawals under way", "held", HELD, False),
    ("Bonus", "bonus", GREY, True),
)  # fmt: skip


def parts(question: Question) -> Parts:
    """Two readings, and the house's own accounts where nothing narrows the view: they belong to no brand."""
    known = Meanings()
    rows, rounds = balances_by_day(question), open_rounds(question)
    address, cover = report_address(REPORT, question), report_address(COVERAGE, question)
    last = rows[-1] if rows else {}
    end = f"At the end of {question.last:%Y-%m-%d}."
    tiles = [amount(title, last.get(name, Decimal(0)), note=end, address=address) for title, name, *_ in PURSES]
    tiles.append(amount("Players owe", -last.get("owed", Decimal(0)), note=end, address=address))
    tiles.append(amount("In open rounds", rounds["stakes"], note=f"{rounds['bets']:,} bets. {end}", address=cover))
    if question.scope.everything and question.brand_id is None and not question.jurisdiction:
        tiles += _house(question, last, rounds, cover, known)
    days = Period(question.first, question.last).days
    closing = {row["day"]: row for row in rows}
    series = [
        Series(title, [closing[day][name] if day in closing else None for day in days], colour, dashed=dashed)
        for title, name, colour, dashed in PURSES
    ]
    base = settings.BASE_CURRENCY
    chart = Chart(
        f"Owed to players at the end of each day, {base}",
        "line",
        labels(days),
        series,
        base,
        "business day",
        2,
        "No activity.",
    )
    return Parts(tiles=tiles, plots=[Plot(chart, address)], warnings=missing_rates(rows), empty=not rows)


def _house(
    question: Question, last: dict[str, Any], rounds: dict[str, Decimal], address: str, known: Meanings
) -> list[Tile]:
    house = house_now()
    measures = {
        "BANK": house["bank"], "CASH": last.get("real", Decimal(0)), "PEND": last.get("held", Decimal(0)),
        "OPEN": rounds["stakes"], "POOL": house["jackpot_pool"],
    }  # fmt: skip
    coverage = known.value("KPI-19", measures, at=question.last)
    return [
        amount("In jackpots", house["jackpot_pool"], note="Now, of the whole house.", address=address),
        amount("At the bank", house["bank"], note="Now, as settlements booked it.", address=address),
        percent(
            "Covered by the bank", coverage, about=known.about("KPI-19", question.last), address=address,
            alarm=coverage is not None and coverage < 100,
        ),
    ]  # fmt: skip
