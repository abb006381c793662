"""What one person proposed and others decided, and how long it took (backoffice.md §6.5)."""

from __future__ import annotations

from compliance.approvals.enums import ApprovalState
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, code, moment, text, to, whole
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    place = asked.brand_reach("b.id", "coalesce(nullif(a.jurisdiction, ''), p.jurisdiction, b.jurisdiction)")
    filters = asked.filtered(player_id="a.player_id", state="a.state")
    return asked.query(
        f"""
        SELECT a.id AS approval_id, a.created_at AS at, a.kind, a.subject, coalesce(b.code, '') AS brand,
               a.player_id, m.username AS maker, a.maker_roles, a.reason, a.ticket,
               {words(ApprovalState.choices, "a.state")} AS state, a.approvals_needed AS needed,
               coalesce(d.approvers, '') AS approvers, coalesce(d.others, '') AS others, d.first_at, a.ended_at,
               floor(extract(epoch FROM coalesce(a.ended_at, %(as_of)s) - a.created_at) / 60)::bigint AS minutes,
               a.result
        FROM approvals_approval a
        JOIN staff_staffuser m ON m.id = a.maker_id
        LEFT JOIN players_player p ON p.id = a.player_id
        LEFT JOIN players_brand b ON b.id = coalesce(p.brand_id, a.brand_id)
        LEFT JOIN LATERAL (
            SELECT string_agg(u.username, ' ' ORDER BY x.id) FILTER (WHERE x.verdict = 'approve') AS approvers,
                   string_agg(x.verdict || coalesce(' by ' || u.username, ''), ', ' ORDER BY x.id)
                       FILTER (WHERE x.verdict <> 'approve') AS others,
                   min(x.at) AS first_at
            FROM approvals_approvaldecision x LEFT JOIN staff_staffuser u ON u.id = x.staff_id
            WHERE x.approval_id = a.id
        ) d ON true
        WHERE {asked.days("a.created_at", "b.id")} AND {place} AND {asked.test_mark("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="approvals",
    title="Approvals",
    about="Proposals by the day on which they were made, with maker, approvers and delay.",
    family=Family.STAFF,
    ids=("R-04", "SEC-15"),
    columns=(
        code("approval_id", "Approval no."),
        moment("at", "Proposed"),
        code("kind", "Kind"),
        code("subject", "About"),
        code("brand", "Brand"),
        code("player_id", "Player no.", personal=True),
        code("maker", "Maker", personal=True),
        code("maker_roles", "As"),
        text("reason", "Reason"),
        code("ticket", "Ticket"),
        text("state", "State"),
        whole("needed", "Others needed"),
        code("approvers", "Approved by", personal=True),
        text("others", "Other decisions", personal=True),
        moment("first_at", "First decision"),
        moment("ended_at", "Ended"),
        Column(name="minutes", title="Delay", kind=ColumnKind.MINUTES, about="Until it ended, or until now."),
        code("result", "Result"),
    ),
    key=("at", "approval_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(ApprovalState.choices),
    drill=to("approvals_approval", "approval_id"),
)
