"""Game performance: theoretical and actual RTP with its band (R-14, G-75, KPI-20)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import COLUMNS, FILTERS, added_up, category
from reporting.catalogue.reports.games.ties import gaming_ties
from reporting.catalogue.reports.pieces import to
from reporting.catalogue.types import Chart, Column, Query, Question, Report

_STATUS = (
    "CASE WHEN NOT v.enabled OR NOT g.enabled THEN 'Disabled' WHEN NOT g.real_enabled THEN 'For fun only'"
    " ELSE 'Active' END"
)
_GROUPS = (
    ("game_id", "p.game_id"),
    ("provider", "coalesce(v.code, '')"),
    ("game", "coalesce(g.code, '')"),
    ("name", "coalesce(g.name, 'Not told')"),
    ("category", category("g.category")),
    ("status", _STATUS),
    ("version", "coalesce(g.version, '')"),
)


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(added_up(asked, _GROUPS))


REPORT = Report(
    code="game-performance",
    title="Game performance",
    about="Play of each game with its theoretical and actual return to players, and whether chance explains the gap.",
    family=Family.GAMES,
    ids=("R-14", "G-75"),
    columns=(
        Column(name="game_id", title="Game no.", kind=ColumnKind.CODE),
        Column(name="provider", title="Provider", kind=ColumnKind.CODE),
        Column(name="game", title="Game", kind=ColumnKind.CODE),
        Column(name="name", title="Name"),
        Column(name="category", title="Type"),
        Column(name="status", title="Status", about="Now."),
        Column(name="version", title="Version", kind=ColumnKind.CODE, about="Now; earlier ones: RTP monitoring."),
        *COLUMNS,
    ),
    key=("provider", "game", "currency"),
    query=_query,
    filters=FILTERS,
    definitions=("KPI-01", "KPI-04", "KPI-08", "KPI-09", "KPI-20"),
    ties=gaming_ties(_query),
    chart=Chart(kind="bar", across="name", measures=("ggr",), title="GGR by game"),
    drill=to("games_game", "game_id"),
)
