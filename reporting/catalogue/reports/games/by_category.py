"""Play by category of games (backoffice.md §6.3)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import COLUMNS, FILTERS, added_up, category
from reporting.catalogue.reports.games.ties import gaming_ties
from reporting.catalogue.types import Chart, Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(added_up(asked, (("category", category("g.category")),)))


REPORT = Report(
    code="category-performance",
    title="Performance by category",
    about="Play of slots, tables and the other categories, with the return to players of each.",
    family=Family.GAMES,
    ids=("R-14",),
    columns=(Column(name="category", title="Category"), *COLUMNS),
    key=("category", "currency"),
    query=_query,
    filters=FILTERS,
    definitions=("KPI-01", "KPI-04", "KPI-08", "KPI-09", "KPI-20"),
    ties=gaming_ties(_query),
    chart=Chart(kind="bar", across="category", measures=("ggr",), title="GGR by category"),
)
