"""What changed about players, field by field (backoffice.md §6.5, G-63)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.compliance.changes import COLUMNS, changes
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, to
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    names = ", ".join(f"c.{column.name}" for column in COLUMNS)
    return asked.query(
        f"""
        SELECT {names}, {WHOSE_SQL}
        FROM ({changes(asked, of_players=True)}) c
        JOIN players_player p ON p.id = c.player_id JOIN players_brand b ON b.id = p.brand_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-changes",
    title="Changes of players",
    about="Every changed field of players and of what belongs to them. Personal data is kept encrypted and not told.",
    family=Family.COMPLIANCE,
    ids=("G-85",),
    columns=(*COLUMNS, *WHOSE),
    key=("at", "change_id"),
    query=_query,
    filters=OF_PLAYERS,
    drill=to("players_player", "player_id"),
)
