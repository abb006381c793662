"""The audit trail as it is sealed: what everybody did. Its exports carry the proof of the chain (AUD-07, AUD-08)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.types import Column, Query, Question, Report

# Where days begin is each brand's own; events of the house have no brand. UTC days, a day wider on both sides, would
# show events twice: the trail is asked by UTC days.
_ROWS: Final = """
    SELECT e.id, e.commit_order, e.occurred_at, e.recorded_at, e.name, e.severity, e.significant, e.outcome, e.actor,
           array_to_string(e.roles, ' ') AS roles, e.on_behalf_of, e.brand_id AS brand, e.player_id AS player,
           e.subject, e.before::text AS before, e.after::text AS after, e.reason, e.approval, e.request_id AS request,
           host(e.ip) AS ip, e.session
    FROM audit_auditevent e
    WHERE e.recorded_at >= %(from)s AND e.recorded_at < %(until)s AND e.recorded_at <= %(as_of)s {reach} {more}
"""


def _query(question: Question) -> Query:
    parameters: dict[str, object] = {
        "from": f"{question.first}T00:00:00Z", "until": f"{question.last + timedelta(days=1)}T00:00:00Z",
        "as_of": question.as_of,
    }  # fmt: skip
    more, reach = [], ""
    if question.brand_id is not None:
        more.append("AND e.brand_id = %(brand_id)s")
        parameters["brand_id"] = question.brand_id
    if question.player_id is not None:
        more.append("AND e.player_id = %(player_id)s")
        parameters["player_id"] = question.player_id
    if not question.scope.everything:
        # An event tells its brand and no licence: a grant for licences alone reaches the players under them.
        within = []
        for number, part in enumerate(question.scope.parts):
            conditions = []
            if part.brands is not None:
                conditions.append(f"e.brand_id = ANY(%(brands_{number})s)")
                parameters[f"brands_{number}"] = sorted(part.brands)
            if part.jurisdictions is not None:
                conditions.append(
                    "EXISTS (SELECT 1 FROM players_player p WHERE p.id = e.player_id"  # noqa: S608 - a number of ours
                    f" AND p.jurisdiction = ANY(%(licences_{number})s))"
                )
                parameters[f"licences_{number}"] = sorted(part.jurisdictions)
            within.append(f"({' AND '.join(conditions)})")
        reach = f"AND ({' OR '.join(within)})" if within else "AND false"
    return Query(_ROWS.format(reach=reach, more=" ".join(more)), parameters)


REPORT: Final = Report(
    code="audit-trail",
    title="Audit trail",
    about="Every recorded act by UTC day of its recording, as it stands in the sealed chain.",
    family=Family.COMPLIANCE,
    ids=("AUD-01", "AUD-08", "AUD-10"),
    columns=(
        Column(name="id", title="Event", kind=ColumnKind.CODE),
        Column(name="commit_order", title="Place in the chain", kind=ColumnKind.CODE),
        Column(name="occurred_at", title="Happened", kind=ColumnKind.MOMENT),
        Column(name="recorded_at", title="Recorded", kind=ColumnKind.MOMENT),
        Column(name="name", title="Name", kind=ColumnKind.CODE),
        Column(name="severity", title="Severity"),
        Column(name="significant", title="Significant", kind=ColumnKind.YES_NO),
        Column(name="outcome", title="Outcome"),
        Column(name="actor", title="Who", kind=ColumnKind.CODE),
        Column(name="roles", title="Roles"),
        Column(name="on_behalf_of", title="For whom", kind=ColumnKind.CODE),
        Column(name="brand", title="Brand no.", kind=ColumnKind.CODE),
        Column(name="player", title="Player no.", kind=ColumnKind.CODE, personal=True),
        Column(name="subject", title="What it was done to", kind=ColumnKind.CODE),
        Column(name="before", title="Before", personal=True),
        Column(name="after", title="After", personal=True),
        Column(name="reason", title="Reason"),
        Column(name="approval", title="Approval", kind=ColumnKind.CODE),
        Column(name="request", title="Request", kind=ColumnKind.CODE),
        Column(name="ip", title="Address", kind=ColumnKind.CODE, personal=True),
        Column(name="session", title="Session", kind=ColumnKind.CODE),
    ),
    key=("commit_order", "id"),
    query=_query,
    filters=frozenset({FilterName.BRAND, FilterName.PLAYER}),
    restricted="audit.export_audit",
)
