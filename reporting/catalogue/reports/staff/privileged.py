"""Privileged access: what opens secrets, rights, personal data and money by hand (backoffice.md §6.5, SEC-14)."""

from __future__ import annotations

from typing import Final

from compliance.audit.names import EventName
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import OF_PLAYERS, to
from reporting.catalogue.reports.staff.trail import COLUMNS, staff_events
from reporting.catalogue.types import Query, Question, Report

GROUPS: Final[dict[str, tuple[EventName, ...]]] = {
    "rights": (
        EventName.ROLE_GRANTED, EventName.ROLE_REVOKED, EventName.ROLE_CHANGED, EventName.MEMBER_ADDED,
        EventName.MEMBER_CHANGED, EventName.MEMBER_SWITCHED_ON, EventName.MEMBER_SWITCHED_OFF, EventName.FACTOR_RESET,
        EventName.INVITATION_MADE, EventName.RECOVERY_CODES_ISSUED, EventName.RECOVERY_CODE_USED,
        EventName.STEP_UP_PASSED, EventName.ACCESS_REFUSED, EventName.NETWORK_REFUSED,
    ),
    "secrets": (
        EventName.KEY_ISSUED, EventName.KEY_RETIRED, EventName.KEY_SECRET_SHOWN, EventName.PROVIDER_NETWORKS_SET,
        EventName.SEAL_KEY_MADE,
    ),
    "personal": (
        EventName.PERSONAL_DATA_REVEALED, EventName.PERSONAL_DATA_SEARCHED, EventName.PERSONAL_DATA_CHANGED,
        EventName.DOCUMENT_OPENED, EventName.SUBJECT_EXPORTED,
    ),
    "exports": (
        EventName.AUDIT_EXPORTED, EventName.LEDGER_EXPORTED, EventName.EVIDENCE_EXPORTED, EventName.POLICY_EXPORTED,
        EventName.MATRIX_EXPORTED, EventName.WITHDRAWALS_EXPORTED,
    ),
    "money": (
        EventName.BALANCE_ADJUSTED, EventName.TRANSACTION_REVERSED, EventName.GATEWAY_PURPOSE_SET,
        EventName.BREAKER_FORCED,
    ),
    "parameters": (
        EventName.THRESHOLD_SET, EventName.POLICY_ROW_ADDED, EventName.APPROVAL_RULE_SET, EventName.GAME_EDITED,
        EventName.JACKPOT_CHANGED, EventName.PROVIDER_EDITED, EventName.BRAND_EDITED,
    ),
}  # fmt: skip
_TITLES: Final = {
    "rights": "Rights and sign-in", "secrets": "Keys", "personal": "Personal data", "exports": "Exports",
    "money": "Money by hand", "parameters": "Parameters",
}  # fmt: skip


def _query(question: Question) -> Query:
    asked = Asked(question)
    chosen = [question.state] if question.state in GROUPS else list(GROUPS)
    asked.parameters["names"] = sorted(str(name) for group in chosen for name in GROUPS[group])
    return asked.query(staff_events(asked, "e.name = ANY(%(names)s)"))


REPORT = Report(
    code="privileged-access",
    title="Privileged access",
    about="Acts of staff on rights, keys, personal data, exports, money and parameters.",
    family=Family.STAFF,
    ids=("R-23", "SEC-14"),
    columns=COLUMNS,
    key=("at", "event_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_TITLES,
    drill=to("audit_auditevent", "event_id"),
)
