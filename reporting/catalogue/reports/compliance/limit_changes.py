"""Every change of a limit: old, new, requested, effective, by whom (R-10)."""

from __future__ import annotations

from typing import Final

from compliance.limits.enums import ChangeState, LimitKind, LimitOwner, LimitPeriod
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report

# What came into force, what was taken away, and what was asked for and did not come into force (yet).
_CHANGES: Final = f"""
    SELECT 'limit-' || l.id AS change_id, l.id AS limit_id, l.player_id, l.owner, l.kind, l.period, o.amount AS before,
           l.amount AS after, l.currency, coalesce(c.asked_at, l.starts_at) AS requested_at,
           l.starts_at AS effective_at, coalesce(c.asked_by, l.set_by) AS initiator, 'In force' AS state, l.reason
    FROM limits_limit l
    LEFT JOIN limits_limit o ON o.id = l.replaces_id
    LEFT JOIN limits_limitchange c ON c.id = l.change_id
    UNION ALL
    SELECT 'end-' || l.id, l.id, l.player_id, l.owner, l.kind, l.period, l.amount, NULL, l.currency,
           coalesce(c.asked_at, l.ended_at), l.ended_at, coalesce(c.asked_by, l.ended_by), 'Removed', l.reason
    FROM limits_limit l
    LEFT JOIN limits_limitchange c ON c.limit_id = l.id AND c.state = 'applied' AND c.amount IS NULL
    WHERE l.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM limits_limit n WHERE n.replaces_id = l.id)
    UNION ALL
    SELECT 'asked-' || c.id, l.id, c.player_id, l.owner, l.kind, l.period, l.amount, c.amount, l.currency, c.asked_at,
           c.effective_from, c.asked_by, {words(ChangeState.choices, "c.state")}, ''
    FROM limits_limitchange c JOIN limits_limit l ON l.id = c.limit_id WHERE c.state <> 'applied'
"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="c.player_id", state="c.owner")
    return asked.query(
        f"""
        SELECT c.change_id, c.limit_id, {WHOSE_SQL}, {words(LimitOwner.choices, "c.owner")} AS owner,
               {words(LimitKind.choices, "c.kind")} AS kind, {words(LimitPeriod.choices, "c.period")} AS period,
               CASE WHEN c.currency <> '' THEN c.before END AS before,
               CASE WHEN c.currency <> '' THEN c.after END AS after, c.currency,
               CASE WHEN c.currency = '' THEN c.before::bigint END AS minutes_before,
               CASE WHEN c.currency = '' THEN c.after::bigint END AS minutes_after,
               CASE WHEN c.before IS NULL THEN 'New' WHEN c.after IS NULL THEN 'Removed'
                    WHEN c.after < c.before THEN 'Stricter' ELSE 'Looser' END AS direction,
               c.requested_at, c.effective_at, c.state, c.initiator, c.reason
        FROM ({_CHANGES}) c
        JOIN players_player p ON p.id = c.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("c.requested_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="limit-changes",
    title="Changes of limits",
    about="Limits that were set, changed, removed or asked for, by the day on which that was requested.",
    family=Family.COMPLIANCE,
    ids=("R-10", "G-85"),
    columns=(
        code("change_id", "Change"),
        code("limit_id", "Limit no."),
        *WHOSE,
        text("owner", "Whose"),
        text("kind", "Limit"),
        text("period", "Per"),
        Column(name="before", title="Old", kind=ColumnKind.MONEY),
        Column(name="after", title="New", kind=ColumnKind.MONEY),
        code("currency", "Currency"),
        Column(name="minutes_before", title="Old, minutes", kind=ColumnKind.MINUTES),
        Column(name="minutes_after", title="New, minutes", kind=ColumnKind.MINUTES),
        text("direction", "Direction"),
        moment("requested_at", "Requested"),
        moment("effective_at", "Effective", "Where it waits: not before."),
        text("state", "State"),
        code("initiator", "By"),
        text("reason", "Reason", personal=True),
    ),
    key=("requested_at", "change_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(LimitOwner.choices),
    drill=to("limits_limit", "limit_id"),
)
