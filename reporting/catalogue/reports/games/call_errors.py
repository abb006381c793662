"""Refused and failed calls by code (backoffice.md §6.3)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.calls import calls_made
from reporting.catalogue.reports.pieces import GAME, PROVIDER, moment
from reporting.catalogue.types import Chart, Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        WITH calls AS MATERIALIZED ({calls_made(asked)}),
        whole AS (SELECT provider, game, call, count(*) AS calls FROM calls GROUP BY provider, game, call)
        SELECT c.provider, c.game, c.call, c.outcome, max(c.error_class) AS class, count(*) AS calls,
               round(100.0 * count(*) / max(w.calls), 4) AS share, min(c.received_at) AS first_at,
               max(c.received_at) AS last_at
        FROM calls c JOIN whole w USING (provider, game, call) WHERE c.outcome <> 'ok'
        GROUP BY c.provider, c.game, c.call, c.outcome"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="call-errors",
    title="Errors of calls",
    about="Calls that were not answered with ok, by their code. `final` is an answer, `retry` asks for the call again.",
    family=Family.GAMES,
    ids=(),
    columns=(
        PROVIDER,
        GAME,
        Column(name="call", title="Call", kind=ColumnKind.CODE),
        Column(name="outcome", title="Code", kind=ColumnKind.CODE),
        Column(name="class", title="Class", kind=ColumnKind.CODE),
        Column(name="calls", title="Calls", kind=ColumnKind.WHOLE, summed=True),
        Column(name="share", title="Of its calls", kind=ColumnKind.PERCENT),
        moment("first_at", "First"),
        moment("last_at", "Last"),
    ),
    key=("provider", "game", "call", "outcome"),
    query=_query,
    filters=frozenset(
        {FilterName.BRAND, FilterName.JURISDICTION, FilterName.PROVIDER, FilterName.GAME, FilterName.TEST_PLAYERS}
    ),
    chart=Chart(kind="bar", across="outcome", measures=("calls",), title="Calls by code"),
)  # fmt: skip
