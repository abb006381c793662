"""Verification by brand: sent, accepted and rejected by reason, waiting by age, expiring (backoffice.md §6.5)."""

from __future__ import annotations

from typing import Final

from compliance.kyc.enums import RejectReason
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import BRAND, JURISDICTION, text, whole
from reporting.catalogue.types import Chart, Query, Question, Report

_RULE: Final = " ".join(
    f"WHEN '{value}' THEN 'Rejected: {str(label).lower()}'" for value, label in RejectReason.choices
)
# Documents that were sent or decided in these days, or wait, or expire soon: one row per fact.
_FACTS: Final = f"""
    SELECT d.player_id, d.sent_at AS at, 10 AS place, 'Sent' AS what FROM kyc_document d
    UNION ALL
    SELECT d.player_id, d.decided_at, CASE d.state WHEN 'rejected' THEN 40 ELSE 20 END,
           CASE d.state WHEN 'rejected' THEN CASE d.reject_reason {_RULE} ELSE 'Rejected' END ELSE 'Accepted' END
    FROM kyc_document d WHERE d.decided_at IS NOT NULL AND d.state IN ('accepted', 'rejected', 'expired')
    UNION ALL
    SELECT c.player_id, c.decided_at, CASE c.status WHEN 'verified' THEN 30 ELSE 50 END,
           CASE c.status WHEN 'verified' THEN 'Player verified' ELSE 'Player rejected' END
    FROM kyc_decision c WHERE c.status <> c.status_before AND c.status IN ('verified', 'rejected')
"""  # noqa: S608 - our own text
_STANDING: Final = """
    SELECT d.player_id,
           CASE WHEN %(as_of)s - d.sent_at < interval '1 day' THEN 60
                WHEN %(as_of)s - d.sent_at < interval '3 days' THEN 61 ELSE 62 END AS place,
           CASE WHEN %(as_of)s - d.sent_at < interval '1 day' THEN 'Waiting less than a day'
                WHEN %(as_of)s - d.sent_at < interval '3 days' THEN 'Waiting one to three days'
                ELSE 'Waiting three days or longer' END AS what
    FROM kyc_document d WHERE d.state = 'waiting' AND d.sent_at <= %(as_of)s
    UNION ALL
    SELECT d.player_id, 70, 'Expiring within thirty days' FROM kyc_document d
    WHERE d.state = 'accepted' AND d.expires_on BETWEEN %(last)s AND %(last)s + 30
"""


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        SELECT b.code AS brand, p.jurisdiction, f.place, f.what, count(*) AS number,
               count(DISTINCT f.player_id) AS players
        FROM (
            SELECT d.player_id, d.place, d.what FROM ({_FACTS}) d JOIN players_player p ON p.id = d.player_id
            WHERE {asked.days("d.at", "p.brand_id")}
            UNION ALL {_STANDING}
        ) f
        JOIN players_player p ON p.id = f.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.reach("p")}
        GROUP BY b.code, p.jurisdiction, f.place, f.what"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="kyc-summary",
    title="Verification",
    about="Documents and decisions of these days; what waits and what expires is told as of now and of the last day.",
    family=Family.COMPLIANCE,
    ids=(),
    columns=(
        BRAND,
        JURISDICTION,
        whole("place", "Place", "The order of the lines."),
        text("what", "What"),
        whole("number", "Number"),
        whole("players", "Players"),
    ),
    key=("brand", "jurisdiction", "place", "what"),
    query=_query,
    filters=frozenset({FilterName.BRAND, FilterName.JURISDICTION, FilterName.TEST_PLAYERS}),
    chart=Chart(kind="bar", across="what", measures=("number",), title="Verification"),
)
