"""What staff did, with result, address and session (R-23, backoffice.md §6.5)."""

from __future__ import annotations

from compliance.audit.enums import Outcome
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import OF_PLAYERS, to
from reporting.catalogue.reports.staff.trail import COLUMNS, staff_events
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(staff_events(asked, asked.filtered(state="e.outcome")))


REPORT = Report(
    code="staff-log",
    title="Staff log",
    about="Every recorded act of staff, sign-ins and refusals included.",
    family=Family.STAFF,
    ids=("R-23", "G-47"),
    columns=COLUMNS,
    key=("at", "event_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(Outcome.choices),
    drill=to("audit_auditevent", "event_id"),
)
