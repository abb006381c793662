"""Games: actual against theoretical return with its band, and z."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from common.backoffice.display import money, tag
from common.backoffice.sections import Section
from reporting.catalogue.types import Question
from reporting.dashboards.admin.parts import Parts, Plot, report_address, whole
from reporting.dashboards.admin.providers import share
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.reports import report_rows
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

REPORT: Final = "game-performance"
MOST: Final = 200
SHOWN: Final = 15
VARIANTS: Final = {"alert": "danger", "warning": "warning", "watch": "info", "within the band": "success"}


def parts(question: Question) -> Parts:
    """One reading: the games with the largest turnover."""
    known = Meanings()
    rows = report_rows(REPORT, question, by="turnover", most=MOST)
    address = report_address(REPORT, question, converted="yes")
    words = known.about("KPI-20", question.last)
    tiles = [
        whole(title, sum(row["verdict"] == verdict for row in rows), about=words, address=address, note=note,
              alarm=alarm and any(row["verdict"] == verdict for row in rows))
        for title, verdict, note, alarm in (
            ("Alerts", "alert", "z beyond 4: look at once.", True),
            ("Warnings", "warning", "z beyond 3.", True),
            ("To watch", "watch", "z beyond 2.58: chance does this to one game of a hundred.", False),
            ("Within the band", "within the band", "", False),
            ("Volatility not known", "volatility not known", "Tell it on the game's page to get a band.", False),
        )
    ]  # fmt: skip
    tiles.insert(0, whole("Games with play", len(rows), address=address))
    return Parts(
        tiles=tiles,
        plots=[Plot(_chart(rows[:SHOWN]), address, known.about("KPI-09", question.last))],
        sections=[_table(rows[:50], address)],
        empty=not rows,
    )


def _chart(rows: list[dict[str, Any]]) -> Chart:
    known = [row for row in rows if row["rtp_theoretical"] is not None]

    def beyond(name: str) -> list[Decimal | float | int | None]:
        return [None if row[name] is None else row[name] - row["rtp_theoretical"] for row in known]

    return Chart(
        "Actual less theoretical RTP, the games with the largest turnover", "bar", [str(row["name"]) for row in known],
        [
            Series("Actual less theoretical", beyond("rtp_actual"), PRIMARY),
            Series("95 % band from", beyond("band_low"), GREY),
            Series("95 % band to", beyond("band_high"), GREY),
        ],
        "percent points", "game", 2, "No activity.",
    )  # fmt: skip


def _table(rows: list[dict[str, Any]], address: str) -> Section:
    base = settings.BASE_CURRENCY
    cells = [
        (
            row["name"], row["provider"], f"{row['rounds']:,}", money(row["turnover"], base), money(row["ggr"], base),
            share(row["rtp_actual"]), share(row["rtp_theoretical"]), _band(row),
            "–" if row["z"] is None else f"{row['z']:+.2f}", tag(row["verdict"], VARIANTS.get(row["verdict"], "")),
        )
        for row in rows
    ]  # fmt: skip
    heads = ("Game", "Provider", "Games played", "Turnover", "GGR", "RTP", "Theoretical", "95 % band", "z", "Verdict")
    links = [("Report", address)] if address else []
    return Section("Games, the largest turnover first", heads, cells, empty="No activity on these days.", links=links)


def _band(row: dict[str, Any]) -> str:
    return "–" if row["band_low"] is None else f"{row['band_low']:,.2f} – {row['band_high']:,.2f} %"
