"""Alerts about players as the platform raises them: affordability, risk flags, large movements (R-28 in part)."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from compliance.gate.enums import FlagKind
from compliance.limits.enums import CaseKind
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text
from reporting.catalogue.types import Column, Query, Question, Report

_STATES: Final = {"open": "Open", "ended": "Ended"}
_ALERTS: Final = f"""
    SELECT 'case-' || c.id AS alert_id, c.player_id, {words(CaseKind.choices, "c.kind")} AS rule, c.opened_at,
           c.decided_at AS ended_at,
           CASE c.state WHEN 'open' THEN '' WHEN 'cleared' THEN 'Nothing against it' ELSE 'Concern' END AS decision,
           c.decided_by, c.figure AS amount, c.threshold, c.currency, c.rationale AS reason
    FROM limits_carecase c
    UNION ALL
    SELECT 'flag-' || f.id, f.player_id, {words(FlagKind.choices, "f.kind")}, f.starts_at, f.ends_at,
           CASE WHEN f.lifted_by <> '' THEN 'Lifted' WHEN f.ends_at IS NOT NULL THEN 'Ends by itself' ELSE '' END,
           f.lifted_by, NULL, NULL, '', f.reason
    FROM gate_flag f
    UNION ALL
    SELECT 'kyc-' || d.id, d.player_id, 'Verification rejected', d.decided_at, d.decided_at, 'Rejected', d.actor,
           NULL, NULL, '', d.reason
    FROM kyc_decision d WHERE d.status = 'rejected' AND d.status_before <> 'rejected'
"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    state = "CASE WHEN a.ended_at IS NULL OR a.ended_at > %(as_of)s THEN 'open' ELSE 'ended' END"
    filters = asked.filtered(player_id="a.player_id", state=state)
    return asked.query(
        f"""
        SELECT a.alert_id, a.opened_at, {WHOSE_SQL}, a.rule, {words(_STATES, state)} AS state, a.ended_at,
               floor(extract(epoch FROM least(a.ended_at, %(as_of)s) - a.opened_at) / 60)::bigint AS minutes,
               a.decision, a.decided_by, a.amount, a.threshold, a.currency, a.reason
        FROM ({_ALERTS}) a
        JOIN players_player p ON p.id = a.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("a.opened_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-alerts",
    title="Alerts about players",
    about=(
        "Checks of what players can afford, blocks and risk flags, and rejected verifications, by the day on which they"
        " were raised. Money-laundering cases and reports to authorities are not kept on this platform yet."
    ),
    family=Family.COMPLIANCE,
    ids=("R-28",),
    columns=(
        code("alert_id", "Alert"),
        moment("opened_at", "Raised"),
        *WHOSE,
        text("rule", "Rule"),
        text("state", "State"),
        moment("ended_at", "Ended"),
        Column(name="minutes", title="Age, or time to close", kind=ColumnKind.MINUTES),
        text("decision", "Decision"),
        code("decided_by", "By"),
        Column(name="amount", title="Reached", kind=ColumnKind.MONEY),
        Column(name="threshold", title="Threshold", kind=ColumnKind.MONEY),
        code("currency", "Currency"),
        text("reason", "Reason", personal=True),
    ),
    key=("opened_at", "alert_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_STATES,
    drill=lambda row: alert_page(str(row["alert_id"])),
)


def alert_page(alert: str) -> str:
    """The page of a check or of a flag; a decision stands on its player's page."""
    kind, _, key = alert.partition("-")
    pages = {"case": "limits_carecase", "flag": "gate_flag"}
    return reverse(f"admin:{pages[kind]}_change", args=[key]) if kind in pages else ""
