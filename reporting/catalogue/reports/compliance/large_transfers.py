"""Large deposits and withdrawals, single and by day, beside what is usual for the player (backoffice.md §6.5, G-65)."""

from __future__ import annotations

from typing import Final

from compliance.audit.names import EventName
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report

_RULES: Final = {
    str(EventName.LARGE_TRANSFER): "One deposit or withdrawal",
    str(EventName.LARGE_TRANSFERS): "Deposits and withdrawals of a day",
}
_NAMES: Final = ", ".join(f"'{name}'" for name in _RULES)


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="e.player_id", state="e.name")
    return asked.query(
        f"""
        SELECT e.id AS event_id, e.occurred_at AS at, {WHOSE_SQL}, {words(_RULES, "e.name")} AS rule,
               coalesce(e.after->>'kind', '') AS kind, (e.after->>'amount')::numeric AS amount,
               coalesce(e.after->>'currency', '') AS currency, (e.after->>'base_amount')::numeric AS base_amount,
               (e.after->>'threshold')::numeric AS threshold, n.norm AS usual,
               round((e.after->>'base_amount')::numeric / nullif(n.norm, 0), 2) AS ratio, e.subject
        FROM audit_auditevent e
        JOIN players_player p ON p.id = e.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT avg(k.base) AS norm FROM kyc_moneyflow k
            WHERE k.player_id = e.player_id AND k.booked_at < e.occurred_at
              AND k.booked_at >= e.occurred_at - interval '90 days'
        ) n ON true
        WHERE e.name IN ({_NAMES}) AND {asked.days("e.occurred_at", "p.brand_id")} AND {asked.reach("p")}
          AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="large-transfers",
    title="Large transactions",
    about="What passed the thresholds, beside the player's average deposit or withdrawal of the ninety days before.",
    family=Family.COMPLIANCE,
    ids=("G-65",),
    columns=(
        code("event_id", "Event no."),
        moment("at", "When"),
        *WHOSE,
        text("rule", "Rule"),
        code("kind", "What"),
        Column(name="amount", title="Amount", kind=ColumnKind.MONEY),
        code("currency", "Currency"),
        Column(name="base_amount", title="In the base currency", kind=ColumnKind.BASE),
        Column(name="threshold", title="Threshold of a day", kind=ColumnKind.BASE),
        Column(name="usual", title="Usual", kind=ColumnKind.BASE),
        Column(name="ratio", title="Times the usual", kind=ColumnKind.NUMBER),
        code("subject", "Transaction"),
    ),
    key=("at", "event_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_RULES,
    drill=to("audit_auditevent", "event_id"),
)
