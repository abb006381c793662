"""Markers of harm as they were found, each with its evidence (R-11)."""

from __future__ import annotations

from compliance.harm.enums import Tier
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to, whole, yes_no
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="a.player_id", state="a.tier")
    return asked.query(
        f"""
        SELECT a.id AS assessment_id, coalesce(f.place, 0)::integer AS place, a.at, a.evident_at, {WHOSE_SQL}, a.score,
               {words(Tier.choices, "a.tier")} AS tier, a.strong,
               coalesce(f.finding->>'words', '') AS marker,
               coalesce(f.finding->>'group', '') AS marker_group, (f.finding->>'points')::integer AS points,
               coalesce(f.finding->>'value', '') AS value, coalesce(f.finding->>'evidence', '') AS evidence,
               c.id AS case_id, coalesce(s.steps, '') AS steps
        FROM harm_assessment a
        LEFT JOIN LATERAL jsonb_array_elements(a.findings) WITH ORDINALITY f (finding, place) ON true
        JOIN players_player p ON p.id = a.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT x.id FROM harm_case x WHERE x.player_id = a.player_id AND x.opened_at <= a.at + interval '1 minute'
              AND (x.closed_at IS NULL OR x.closed_at >= a.at) ORDER BY x.opened_at DESC LIMIT 1
        ) c ON true
        LEFT JOIN LATERAL (
            SELECT string_agg(x.kind, ' ' ORDER BY x.id) AS steps FROM harm_step x
            WHERE x.case_id = c.id AND x.assessment_id = a.id
        ) s ON true
        WHERE {asked.days("a.at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="harm-markers",
    title="Markers of harm",
    about="Every assessment of these days, a row for each marker that made up its score, and the steps that it caused.",
    family=Family.COMPLIANCE,
    ids=("R-11",),
    columns=(
        code("assessment_id", "Assessment no."),
        whole("place", "Marker no."),
        moment("at", "Assessed"),
        moment("evident_at", "Evident"),
        *WHOSE,
        whole("score", "Score"),
        text("tier", "Level"),
        yes_no("strong", "Strong"),
        text("marker", "Marker", personal=True),
        code("marker_group", "Group"),
        whole("points", "Points"),
        text("value", "Value", personal=True),
        text("evidence", "Evidence", personal=True),
        code("case_id", "Case no."),
        code("steps", "Steps taken"),
    ),
    key=("at", "assessment_id", "place"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(Tier.choices),
    drill=to("harm_case", "case_id"),
)
