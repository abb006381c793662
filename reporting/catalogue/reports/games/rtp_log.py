"""RTP monitoring: each game and version by rolling windows of thirty days, and where chance no longer explains it."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import RETURNED, TURNOVER, VERDICT
from reporting.catalogue.reports.games.versions import VERSIONS, version_on
from reporting.catalogue.reports.pieces import GAME, PROVIDER, to
from reporting.catalogue.types import Chart, Column, Query, Question, Report

DAYS: Final = 30
_STATES: Final = {"watch": "Watch", "warning": "Warning", "alert": "Alert"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    each = "/ CASE WHEN f.currency = %(base)s THEN 1 ELSE x.rate END"
    filters = asked.filtered(provider_id="f.provider_id", game_id="f.game_id")
    return asked.query(
        f"""
        WITH version AS MATERIALIZED ({VERSIONS}), daily AS (
            SELECT f.settled_day AS day, f.game_id, n.version, n.theoretical_rtp, n.volatility, sum(f.rounds) AS rounds,
                   sum({TURNOVER} {each}) AS turnover, sum(({RETURNED}) {each}) AS returned
            FROM facts_game f
            LEFT JOIN facts_rate x ON x.day = f.settled_day AND x.currency = f.currency
            JOIN version n ON {version_on("n", "f.game_id", "f.settled_day")}
            WHERE f.settled_day BETWEEN %(first)s - {DAYS - 1} AND %(last)s AND {asked.reach("f")} AND {filters}
            GROUP BY f.settled_day, f.game_id, n.version, n.theoretical_rtp, n.volatility
        ), rolled AS (
            SELECT day, game_id, version, theoretical_rtp, volatility, sum(rounds) OVER w AS rounds,
                   sum(turnover) OVER w AS turnover, sum(returned) OVER w AS returned
            FROM daily WINDOW w AS (
                PARTITION BY game_id, version, theoretical_rtp, volatility ORDER BY day
                RANGE BETWEEN interval '{DAYS - 1} days' PRECEDING AND CURRENT ROW)
        ), measured AS (
            SELECT rolled.*, 100 * returned / nullif(turnover, 0) AS measured,
                   100 * volatility / nullif(sqrt(rounds), 0) AS error
            FROM rolled WHERE day >= %(first)s
        ), judged AS (
            SELECT measured.*, round((measured - theoretical_rtp) / nullif(error, 0), 4) AS z FROM measured
        ), told AS (SELECT judged.*, {VERDICT} AS verdict FROM judged)
        SELECT t.day, v.code AS provider, g.code AS game, g.name, t.version, t.game_id, t.rounds,
               round(t.turnover, 18) AS turnover, round(t.measured, 4) AS measured, t.theoretical_rtp AS expected,
               t.volatility, round(1.96 * t.error, 4) AS tolerance, t.z, t.verdict
        FROM told t JOIN games_game g ON g.id = t.game_id JOIN games_provider v ON v.id = g.provider_id
        WHERE {asked.filtered(state="t.verdict")}""",  # noqa: S608 - our own text
        base=settings.BASE_CURRENCY,
    )


REPORT = Report(
    code="rtp-monitoring",
    title="RTP monitoring",
    about="For each day: rounds settled in the thirty days that ended with it, in the base currency, by game version.",
    family=Family.GAMES,
    ids=("R-14",),
    columns=(
        Column(name="day", title="Thirty days to", kind=ColumnKind.DAY),
        PROVIDER,
        GAME,
        Column(name="name", title="Name"),
        Column(name="version", title="Version", kind=ColumnKind.CODE, about="In force when the day began, UTC."),
        Column(name="game_id", title="Game no.", kind=ColumnKind.CODE),
        Column(name="rounds", title="Rounds", kind=ColumnKind.WHOLE),
        Column(name="turnover", title="Turnover", kind=ColumnKind.BASE),
        Column(name="measured", title="Measured", kind=ColumnKind.PERCENT, definition="KPI-09"),
        Column(name="expected", title="Expected", kind=ColumnKind.PERCENT),
        Column(name="volatility", title="σ per unit staked", kind=ColumnKind.NUMBER),
        Column(name="tolerance", title="95 % band ±", kind=ColumnKind.PERCENT),
        Column(name="z", title="z", kind=ColumnKind.NUMBER, definition="KPI-20"),
        Column(name="verdict", title="Finding", about="Watch above 2.58, warning above 3, alert above 4."),
    ),
    key=("day", "provider", "game"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.PROVIDER, FilterName.GAME, FilterName.STATE,
            FilterName.TEST_PLAYERS,
        }
    ),
    states=_STATES,
    definitions=("KPI-09", "KPI-20"),
    chart=Chart(kind="line", across="day", measures=("z",), title="z by day", split="name"),
    drill=to("games_game", "game_id"),
)  # fmt: skip
