"""In which time zone a row's local times are written: its brand's, as its calendar says on the last day asked for."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import connection

from reporting.catalogue.types import Question, Report

UTC: Final = "UTC"
_ZONES: Final = """
    SELECT b.id, b.code, b.name, c.time_zone FROM players_brand b CROSS JOIN LATERAL (
        SELECT f.time_zone FROM facts_calendar f WHERE f.brand_id = b.id AND f.from_day <= %s
        ORDER BY f.from_day DESC LIMIT 1) c
    ORDER BY b.id
"""
# How reports name the brand of a row: by its key, its code or its name.
_NAMED: Final = (("brand_id", 0), ("brand", 1), ("brand_code", 1), ("brand_name", 2))


def zones_of_brands(day: date) -> list[tuple[int, str, str, str]]:
    """Key, code, name and time zone of every brand that has a calendar."""
    with connection.cursor() as cursor:
        cursor.execute(_ZONES, [day])
        found: list[tuple[int, str, str, str]] = cursor.fetchall()
    return found


def zone_expression(report: Report, question: Question) -> tuple[str, dict[str, object]]:
    """SQL for the zone of the row `q`, with its parameters."""
    zones = zones_of_brands(question.last)
    if question.brand_id is not None:
        return "%(export_zone)s", {"export_zone": next((z[3] for z in zones if z[0] == question.brand_id), UTC)}
    names = {column.name for column in report.columns}
    named = next(((name, place) for name, place in _NAMED if name in names), None)
    if named is None or not zones:
        return "%(export_zone)s", {"export_zone": UTC}
    parameters: dict[str, object] = {"export_zone": UTC}
    cases = []
    for number, zone in enumerate(zones):
        words = {str(zone[named[1]]), zone[2]} if named[0] == "brand" else {str(zone[named[1]])}
        for other, word in enumerate(sorted(words)):
            parameters[f"export_brand_{number}_{other}"] = word
            parameters[f"export_zone_{number}"] = zone[3]
            cases.append(f"WHEN %(export_brand_{number}_{other})s THEN %(export_zone_{number})s")
    return f'CASE q."{named[0]}"::text {" ".join(cases)} ELSE %(export_zone)s END', parameters
