"""What changed of everything that is set up: brands, games, jackpots, roles, people, routes (backoffice.md §6.5)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.compliance.changes import COLUMNS, changes
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    names = ", ".join(f"c.{column.name}" for column in COLUMNS)
    return asked.query(f"SELECT {names} FROM ({changes(asked, of_players=False)}) c")  # noqa: S608 - our own text


REPORT = Report(
    code="object-changes",
    title="Changes of settings",
    about="Every changed field of what is set up for the whole house, by days of UTC: for whoever sees all of it.",
    family=Family.COMPLIANCE,
    ids=("G-78",),
    columns=COLUMNS,
    key=("at", "change_id"),
    query=_query,
)
