"""Events of staff as SQL: for the staff log and for privileged access."""

from __future__ import annotations

from typing import Final

from compliance.audit.enums import Outcome
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import code, moment, text
from reporting.catalogue.types import Column

COLUMNS: Final[tuple[Column, ...]] = (
    code("event_id", "Event no."),
    moment("at", "When"),
    code("actor", "Who"),
    code("username", "User name", personal=True),
    code("roles", "Roles"),
    code("name", "What"),
    code("subject", "What it was done to"),
    code("brand", "Brand"),
    code("player_id", "Player no.", personal=True),
    text("reason", "Reason"),
    text("outcome", "Result"),
    code("ip", "Address", personal=True),
    code("session", "Session"),
    code("request", "Request"),
    code("approval", "Approval"),
)


def staff_events(asked: Asked, condition: str) -> str:
    """SELECT of COLUMNS: what members of staff did in these days, where the condition on e(vent) holds."""
    return f"""
        SELECT e.id AS event_id, e.occurred_at AS at, e.actor, coalesce(u.username, '') AS username,
               array_to_string(e.roles, ' ') AS roles, e.name, e.subject, coalesce(b.code, '') AS brand,
               p.id AS player_id, e.reason, {words(Outcome.choices, "e.outcome")} AS outcome,
               coalesce(host(e.ip), '') AS ip, e.session, e.request_id AS request, e.approval
        FROM audit_auditevent e
        LEFT JOIN staff_staffuser u ON e.actor = 'staff:' || u.id
        LEFT JOIN players_player p ON p.id = e.player_id
        LEFT JOIN players_brand b ON b.id = coalesce(p.brand_id, e.brand_id)
        WHERE (e.actor LIKE 'staff:%%' OR e.name LIKE 'staff:%%') AND {asked.days("e.occurred_at", "b.id")}
          AND {asked.events()} AND {condition} AND {asked.filtered(player_id="e.player_id")}"""  # noqa: S608 - our own text
