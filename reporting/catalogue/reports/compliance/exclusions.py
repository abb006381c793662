"""The register of breaks and exclusions (R-09)."""

from __future__ import annotations

from typing import Final

from compliance.exclusions.enums import ComesOff, ExclusionKind, ExclusionScope
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, code, moment, text, to
from reporting.catalogue.types import Query, Question, Report

_STATES: Final = {"standing": "In force", "to_come": "To come", "over": "Over"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    state = (
        "CASE WHEN x.over_at <= %(as_of)s THEN 'over' WHEN x.starts_at > %(as_of)s THEN 'to_come' ELSE 'standing' END"
    )
    filters = asked.filtered(player_id="x.player_id", state=state)
    return asked.query(
        f"""
        SELECT x.id AS exclusion_id, p.id AS player_id, p.public_id AS player, b.code AS brand, x.jurisdiction,
               {words(ExclusionKind.choices, "x.kind")} AS kind,
               CASE x.kind WHEN 'operator' THEN 'Operator' WHEN 'register' THEN 'National register' ELSE 'Player' END
                   AS source,
               {words(ExclusionScope.choices, "x.scope")} AS scope, x.length, k.requested_at, x.starts_at, x.ends_at,
               {words(ComesOff.choices, "x.comes_off")} AS comes_off, x.over_at, {words(_STATES, state)} AS state,
               x.placed_by, coalesce(r.ended_by, '') AS lifted_by, r.asked_at AS return_asked_at,
               coalesce(u.reference, '') AS register_reference, x.reason
        FROM exclusions_exclusion x
        JOIN players_brand b ON b.id = x.brand_id
        LEFT JOIN players_player p ON p.id = x.player_id
        LEFT JOIN LATERAL (
            SELECT h.pgh_created_at AS requested_at FROM exclusions_exclusionhistory h
            WHERE h.id = x.id AND h.pgh_label = 'insert' ORDER BY h.pgh_id LIMIT 1
        ) k ON true
        LEFT JOIN LATERAL (
            SELECT q.ended_by, q.asked_at FROM exclusions_returnrequest q WHERE q.exclusion_id = x.id
            ORDER BY (q.state = 'returned') DESC, q.id DESC LIMIT 1
        ) r ON true
        LEFT JOIN LATERAL (
            SELECT l.reference FROM register_registerlookup l
            WHERE x.kind = 'register' AND l.player_id = x.player_id AND l.outcome = 'match'
            ORDER BY l.asked_at DESC LIMIT 1
        ) u ON true
        WHERE facts_business_day(x.starts_at, x.brand_id) <= %(last)s
          AND (x.over_at IS NULL OR facts_business_day(x.over_at, x.brand_id) >= %(first)s)
          AND {asked.brand_reach("x.brand_id", "x.jurisdiction")} AND {asked.test_mark("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="exclusions",
    title="Exclusions and breaks",
    about="Everything that kept a person from play on any of these days, with how it came and how it went.",
    family=Family.COMPLIANCE,
    ids=("R-09",),
    columns=(
        code("exclusion_id", "Exclusion no."),
        *WHOSE,
        text("kind", "Type"),
        text("source", "Source"),
        text("scope", "Reaches"),
        code("length", "Length"),
        moment("requested_at", "Requested"),
        moment("starts_at", "In force from"),
        moment("ends_at", "End of its term", "Empty: without an end."),
        text("comes_off", "Comes off"),
        moment("over_at", "Over"),
        text("state", "State"),
        code("placed_by", "Placed by"),
        code("lifted_by", "Lifted by"),
        moment("return_asked_at", "Return asked for"),
        code("register_reference", "Register's reference"),
        text("reason", "Reason", personal=True),
    ),
    key=("starts_at", "exclusion_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_STATES,
    drill=to("exclusions_exclusion", "exclusion_id"),
)
