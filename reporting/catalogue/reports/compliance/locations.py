"""Attempts to play from where it is not allowed (R-25)."""

from __future__ import annotations

from compliance.geo.enums import LocationOutcome
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="c.player_id", state="c.outcome")
    return asked.query(
        f"""
        SELECT c.id AS check_id, c.checked_at AS at, {WHOSE_SQL}, {words(LocationOutcome.choices, "c.outcome")} AS rule,
               c.jurisdiction AS border, c.country, c.region, c.city, c.radius_km, host(c.ip) AS ip
        FROM geo_locationcheck c
        JOIN players_player p ON p.id = c.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE NOT c.allowed AND {asked.days("c.checked_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="location-violations",
    title="Location violations",
    about="Looks at a player's address that did not allow play, with the place and the rule.",
    family=Family.COMPLIANCE,
    ids=("R-25",),
    columns=(
        code("check_id", "Check no."),
        moment("at", "When"),
        *WHOSE,
        text("rule", "Found"),
        code("border", "Border of"),
        code("country", "Country"),
        code("region", "Region"),
        text("city", "City", personal=True),
        whole("radius_km", "Within, km"),
        code("ip", "Address", personal=True),
    ),
    key=("at", "check_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states={value: str(label) for value, label in LocationOutcome.choices if value != LocationOutcome.INSIDE},
    drill=to("geo_locationcheck", "check_id"),
)
