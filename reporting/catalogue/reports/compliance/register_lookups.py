"""Questions to national registers with their outcomes (UK-20, SE-05 and the like)."""

from __future__ import annotations

from compliance.register.enums import Occasion, RegisterName, RegisterOutcome
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    place = asked.brand_reach("b.id", "l.jurisdiction")
    filters = asked.filtered(player_id="l.player_id", state="l.outcome")
    return asked.query(
        f"""
        SELECT l.id AS lookup_id, l.asked_at AS at, p.id AS player_id, p.public_id AS player,
               coalesce(b.code, '') AS brand, l.jurisdiction, {words(RegisterName.choices, "l.register")} AS register,
               {words(Occasion.choices, "l.occasion")} AS occasion,
               {words(RegisterOutcome.choices, "l.outcome")} AS outcome, l.reference, l.latency_ms
        FROM register_registerlookup l
        LEFT JOIN players_player p ON p.id = l.player_id
        LEFT JOIN players_brand b ON b.id = coalesce(p.brand_id, l.brand_id)
        WHERE {asked.days("l.asked_at", "b.id")} AND {place} AND {asked.test_mark("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="register-lookups",
    title="National registers",
    about="Every question to a national register, with its answer and how long it took.",
    family=Family.COMPLIANCE,
    ids=("R-09",),
    columns=(
        code("lookup_id", "Lookup no."),
        moment("at", "Asked"),
        *WHOSE,
        text("register", "Register"),
        text("occasion", "Occasion"),
        text("outcome", "Outcome"),
        code("reference", "Register's reference"),
        whole("latency_ms", "Took, ms"),
    ),
    key=("at", "lookup_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(RegisterOutcome.choices),
    drill=to("register_registerlookup", "lookup_id"),
)
