"""What people asked of us about their own data: copies and erasures (GDPR-01, GDPR-02)."""

from __future__ import annotations

from typing import Final

from compliance.audit.names import EventName
from players.accounts.enums import ErasureState
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report

_STATES: Final = {"copy": "Copy of the data", "erasure": "Erasure"}
_REQUESTS: Final = f"""
    SELECT 'erasure-' || e.id AS request_id, e.player_id, 'erasure' AS kind, e.requested_at AS at,
           e.delete_after AS due, coalesce(e.purged_at, e.pseudonymised_at) AS done_at,
           CASE WHEN e.legal_hold <> '' THEN 'Held: ' || e.legal_hold
                ELSE {words(ErasureState.choices, "e.state")} END AS state, '' AS by
    FROM accounts_erasure e
    UNION ALL
    SELECT 'copy-' || a.id, a.player_id, 'copy', a.occurred_at, a.occurred_at + interval '1 month', a.occurred_at,
           'Handed over', a.actor
    FROM audit_auditevent a WHERE a.name = '{EventName.SUBJECT_EXPORTED}'
"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="r.player_id", state="r.kind")
    return asked.query(
        f"""
        SELECT r.request_id, r.at, {WHOSE_SQL}, {words(_STATES, "r.kind")} AS kind, r.due, r.done_at, r.state, r.by,
               round((extract(epoch FROM coalesce(r.done_at, %(as_of)s) - r.at) / 86400)::numeric, 1) AS days
        FROM ({_REQUESTS}) r
        JOIN players_player p ON p.id = r.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("r.at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="subject-requests",
    title="Requests about one's own data",
    about="Copies that were handed over and erasures that were asked for, with when the law lets them be done.",
    family=Family.COMPLIANCE,
    ids=("GDPR-01", "GDPR-02"),
    columns=(
        code("request_id", "Request"),
        moment("at", "Received"),
        *WHOSE,
        text("kind", "Type"),
        moment("due", "Due", "An erasure: not before, while the law keeps the data."),
        moment("done_at", "Done"),
        text("state", "State"),
        code("by", "By"),
        Column(name="days", title="Days", kind=ColumnKind.NUMBER),
    ),
    key=("at", "request_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_STATES,
    drill=to("players_player", "player_id"),
)
