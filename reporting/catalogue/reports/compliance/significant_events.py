"""Significant events and alterations: what, when, by whom, before and after (R-18, G-78)."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from compliance.audit.catalogue import WEIGHTS
from compliance.audit.enums import Outcome, Severity, Significant
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, code, moment, text, to
from reporting.catalogue.types import Query, Question, Report


def _names() -> dict[Significant, list[str]]:
    found: dict[Significant, list[str]] = defaultdict(list)
    for name, weight in WEIGHTS.items():
        if weight.significant is not None:
            found[weight.significant].append(str(name))
    return dict(found)


NAMES: Final = _names()
_KINDS: Final = {name: str(kind) for kind, names in NAMES.items() for name in names}


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="e.player_id")
    if question.state:
        filters += " AND e.name = ANY(%(names)s)"
        asked.parameters["names"] = NAMES.get(Significant[question.state.upper()], [])
    return asked.query(
        f"""
        SELECT e.id AS event_id, e.occurred_at AS at, split_part(e.name, ':', 1) AS component,
               {words(_KINDS, "e.name")} AS kind, e.name,
               {words(Severity.choices, "e.severity")} AS severity, e.actor, e.on_behalf_of,
               array_to_string(e.roles, ' ') AS roles, coalesce(b.code, '') AS brand, p.id AS player_id, e.subject,
               e.reason, coalesce(e.before::text, '') AS before, coalesce(e.after::text, '') AS after,
               {words(Outcome.choices, "e.outcome")} AS outcome, coalesce(host(e.ip), '') AS ip, e.approval
        FROM audit_auditevent e
        LEFT JOIN players_player p ON p.id = e.player_id
        LEFT JOIN players_brand b ON b.id = coalesce(p.brand_id, e.brand_id)
        WHERE e.significant AND {asked.days("e.occurred_at", "b.id")} AND {asked.events()} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="significant-events",
    title="Significant events and alterations",
    about="What the regulator's list counts as significant. Events of the whole house: for whoever sees all of it.",
    family=Family.COMPLIANCE,
    ids=("R-18", "G-78", "G-46"),
    columns=(
        code("event_id", "Event no."),
        moment("at", "When"),
        code("component", "Component"),
        text("kind", "Kind"),
        code("name", "Event"),
        text("severity", "Severity"),
        code("actor", "User"),
        code("on_behalf_of", "For whom"),
        code("roles", "Roles"),
        code("brand", "Brand"),
        code("player_id", "Player no.", personal=True),
        code("subject", "What it was done to"),
        text("reason", "Reason"),
        text("before", "Value before", personal=True),
        text("after", "Value after", personal=True),
        text("outcome", "Outcome"),
        code("ip", "Address", personal=True),
        code("approval", "Approval"),
    ),
    key=("at", "event_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states={kind.name.lower(): str(kind) for kind in NAMES},
    drill=to("audit_auditevent", "event_id"),
)
