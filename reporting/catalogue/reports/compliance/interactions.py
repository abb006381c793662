"""Interactions with players at risk, with what changed after seven and thirty days (R-11)."""

from __future__ import annotations

from compliance.harm.enums import CaseState, Channel, Tier
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="i.player_id", state="c.tier")
    return asked.query(
        f"""
        SELECT i.id AS interaction_id, i.at, {WHOSE_SQL}, i.case_id, {words(Tier.choices, "c.tier")} AS tier, i.score,
               {words(Channel.choices, "i.channel")} AS channel, i.seen, i.done, i.answer, i.by,
               {words(CaseState.choices, "c.state")} AS case_state, c.outcome, c.opened_at,
               i.after_7::text AS after_7, i.after_30::text AS after_30
        FROM harm_interaction i
        JOIN harm_case c ON c.id = i.case_id
        JOIN players_player p ON p.id = i.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("i.at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="rg-interactions",
    title="Interactions with players at risk",
    about="What was seen, done and answered, by whom, and what changed afterwards.",
    family=Family.COMPLIANCE,
    ids=("R-11",),
    columns=(
        code("interaction_id", "Interaction no."),
        moment("at", "When"),
        *WHOSE,
        code("case_id", "Case no."),
        text("tier", "Level", "Of the case, now."),
        whole("score", "Score", "At that moment."),
        text("channel", "Channel"),
        text("seen", "Seen", personal=True),
        text("done", "Done", personal=True),
        text("answer", "Answer", personal=True),
        code("by", "By"),
        text("case_state", "Case"),
        text("outcome", "Outcome", personal=True),
        moment("opened_at", "Case opened"),
        text("after_7", "After 7 days", personal=True),
        text("after_30", "After 30 days", personal=True),
    ),
    key=("at", "interaction_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(Tier.choices),
    drill=to("harm_case", "case_id"),
)
