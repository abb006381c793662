"""Documents that players sent: what they were, what became of them, and when they expire."""

from __future__ import annotations

from compliance.kyc.enums import DocumentKind, DocumentState, RejectReason
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="d.player_id", state="d.state")
    return asked.query(
        f"""
        SELECT d.id AS document_id, d.sent_at, {WHOSE_SQL}, {words(DocumentKind.choices, "d.kind")} AS kind,
               {words(DocumentState.choices, "d.state")} AS state, d.country, d.expires_on, d.decided_at,
               d.decided_by, {words(RejectReason.choices, "d.reject_reason")} AS reject_reason,
               floor(extract(epoch FROM coalesce(d.decided_at, %(as_of)s) - d.sent_at) / 60)::bigint AS minutes
        FROM kyc_document d
        JOIN players_player p ON p.id = d.player_id
        JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("d.sent_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="kyc-documents",
    title="Documents of players",
    about="Documents by the day on which they were sent.",
    family=Family.COMPLIANCE,
    ids=("G-85",),
    columns=(
        code("document_id", "Document no."),
        moment("sent_at", "Sent"),
        *WHOSE,
        text("kind", "Document"),
        text("state", "State"),
        code("country", "Issued in"),
        Column(name="expires_on", title="Expires", kind=ColumnKind.DAY),
        moment("decided_at", "Decided"),
        code("decided_by", "Decided by"),
        text("reject_reason", "Rejected because"),
        Column(name="minutes", title="Waited", kind=ColumnKind.MINUTES),
    ),
    key=("sent_at", "document_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(DocumentState.choices),
    drill=to("kyc_document", "document_id"),
)
