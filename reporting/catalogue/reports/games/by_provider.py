"""Play by provider (backoffice.md §6.3)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import COLUMNS, FILTERS, added_up
from reporting.catalogue.reports.games.ties import gaming_ties
from reporting.catalogue.reports.pieces import to
from reporting.catalogue.types import Chart, Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    groups = (("provider_id", "p.provider_id"), ("provider", "coalesce(v.code, '')"), ("name", "v.name"))
    return asked.query(added_up(asked, groups))


REPORT = Report(
    code="provider-performance",
    title="Performance by provider",
    about="Play of each provider's games, with the return to players of its mix of games.",
    family=Family.GAMES,
    ids=("R-14",),
    columns=(
        Column(name="provider_id", title="Provider no.", kind=ColumnKind.CODE),
        Column(name="provider", title="Provider", kind=ColumnKind.CODE),
        Column(name="name", title="Name"),
        *COLUMNS,
    ),
    key=("provider", "currency"),
    query=_query,
    filters=FILTERS,
    definitions=("KPI-01", "KPI-04", "KPI-08", "KPI-09", "KPI-20"),
    ties=gaming_ties(_query),
    chart=Chart(kind="bar", across="name", measures=("ggr",), title="GGR by provider"),
    drill=to("games_provider", "provider_id"),
)
