"""What left the house as files, with personal data or without, for what, and who approved it (backoffice.md §6.5)."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import code, moment, text, to, whole, yes_no
from reporting.catalogue.types import Query, Question, Report

_STATES: Final = {"personal": "With personal data", "other": "Without"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(state="CASE WHEN e.personal THEN 'personal' ELSE 'other' END")
    return asked.query(
        f"""
        SELECT e.id AS export_id, e.requested_at AS at, e.report, e.format, e.requested_by,
               coalesce(b.code, '') AS brand,
               e.jurisdiction, e.personal, e.purpose, e.purpose_text, e.approval, e.approved_by, e.state, e.ended_at,
               coalesce(e.rows_total, e.rows_done) AS rows, e.downloads, e.package_sha256
        FROM exports_export e
        LEFT JOIN players_brand b ON b.id = e.brand_id
        WHERE {asked.days("e.requested_at", "b.id")}
          AND {asked.brand_reach("e.brand_id", "coalesce(nullif(e.jurisdiction, ''), b.jurisdiction)")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="export-log",
    title="Exports",
    about="Exports of reports by the day on which they were asked for. Other exports: privileged access.",
    family=Family.STAFF,
    ids=("SEC-14",),
    columns=(
        code("export_id", "Export no."),
        moment("at", "Asked for"),
        code("report", "Report"),
        code("format", "Format"),
        code("requested_by", "By"),
        code("brand", "Brand"),
        code("jurisdiction", "Jurisdiction"),
        yes_no("personal", "Personal data"),
        code("purpose", "Purpose"),
        text("purpose_text", "In words"),
        code("approval", "Approval"),
        code("approved_by", "Approved by"),
        code("state", "State"),
        moment("ended_at", "Ended"),
        whole("rows", "Rows", summed=True),
        whole("downloads", "Downloads", summed=True),
        code("package_sha256", "SHA-256"),
    ),
    key=("at", "export_id"),
    query=_query,
    filters=frozenset({FilterName.BRAND, FilterName.JURISDICTION, FilterName.STATE}),
    states=_STATES,
    drill=to("exports_export", "export_id"),
)
