"""Complaints as staff noted them (R-29 in part)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        SELECT n.id AS note_id, n.written_at AS at, {WHOSE_SQL}, n.author, n.body,
               floor(extract(epoch FROM %(as_of)s - n.written_at) / 86400)::bigint AS days
        FROM notes_note n
        JOIN players_player p ON p.id = n.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE n.kind = 'complaint' AND NOT EXISTS (SELECT 1 FROM notes_note s WHERE s.supersedes_id = n.id)
          AND {asked.days("n.written_at", "p.brand_id")} AND {asked.reach("p")}
          AND {asked.filtered(player_id="n.player_id")}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="complaints",
    title="Complaints",
    about="Notes of the kind complaint. Stages and outcomes before an arbiter are not kept on this platform yet.",
    family=Family.COMPLIANCE,
    ids=("R-29",),
    columns=(
        code("note_id", "Note no."),
        moment("at", "Received"),
        *WHOSE,
        code("author", "Noted by"),
        text("body", "Complaint", personal=True),
        whole("days", "Days since"),
    ),
    key=("at", "note_id"),
    query=_query,
    filters=OF_PLAYERS,
    drill=to("players_player", "player_id"),
)
