"""Who looked at whose personal data, and what for (backoffice.md §6.5, GDPR-06)."""

from __future__ import annotations

from players.personal.enums import RevealGroup, RevealPurpose
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="r.player_id", state="r.purpose")
    return asked.query(
        f"""
        SELECT r.id AS reveal_id, r.revealed_at AS at, u.username, {WHOSE_SQL},
               {words(RevealGroup.choices, 'r."group"')} AS what,
               {words(RevealPurpose.choices, "r.purpose")} AS purpose,
               r.note
        FROM personal_reveal r
        JOIN staff_staffuser u ON u.id = r.staff_id
        JOIN players_player p ON p.id = r.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("r.revealed_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="personal-data-looks",
    title="Looks at personal data",
    about="Each look of a member of staff at a player's personal data, with its purpose.",
    family=Family.STAFF,
    ids=("SEC-14",),
    columns=(
        code("reveal_id", "Look no."),
        moment("at", "When"),
        code("username", "Who", personal=True),
        *WHOSE,
        text("what", "What"),
        text("purpose", "What for"),
        text("note", "In words", personal=True),
    ),
    key=("at", "reveal_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(RevealPurpose.choices),
    drill=to("personal_reveal", "reveal_id"),
)
