"""SQL that breaks each promise of definitions (tests/wallet/guards), on the approvals of `definitions_of_the_story`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from reporting.definitions.approval_kinds import KIND, definition_payload, duty_payload, fee_payload
from tests.factories import provider_make
from tests.staff import staff_member

DAY = date(2030, 1, 1)
_MADE = {"valid_from": "'2030-01-01'", "source": "'x'", "verified": "true", "created_at": "now()"}
_DEFINITION = _MADE | {
    "code": "'KPI-11'", "version": "2", "title": "'x'", "formula": "'DEP'", "about": "''",
    "approval_id": "%(definition_open)s",
}  # fmt: skip
_DUTY = _MADE | {
    "jurisdiction": "'MT'", "tax": "'duty'", "version": "2", "title": "'x'", "rate": "0.06", "base": "'KPI-02'",
    "approval_id": "%(duty_open)s",
}  # fmt: skip
_FEE = _MADE | {
    "provider_id": "%(fee_provider)s", "version": "2", "basis": "'KPI-04'", "percentage": "12", "tiers": "'[]'",
    "minimum": "0", "currency": "'EUR'", "carries_over": "false", "approval_id": "%(fee_open)s",
}  # fmt: skip


def _into(table: str, row: dict[str, str], **changes: str) -> str:
    columns = row | changes
    return f"INSERT INTO definitions_{table} ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


BY_ANYBODY: dict[str, list[str]] = {
    "definition_is_as_approved": [
        _into("definitionrow", _DEFINITION, formula="'WD'"),
        _into("definitionrow", _DEFINITION, code="'KPI-12'"),
        _into("definitionrow", _DEFINITION, valid_from="'2030-01-02'"),
        _into("definitionrow", _DEFINITION, approval_id="%(duty_open)s"),
    ],
    "definition_names_its_source": [_into("definitionrow", _DEFINITION, source="''")],
    "one_definition_per_version": [_into("definitionrow", _DEFINITION, version="1")],
    "one_definition_per_day": [
        _into("definitionrow", _DEFINITION, code="'KPI-12'", version="9", approval_id="%(definition_done)s")
    ],
    "duty_is_as_approved": [
        _into("dutyrow", _DUTY, rate="0.07"), _into("dutyrow", _DUTY, base="'KPI-01'"),
        _into("dutyrow", _DUTY, jurisdiction="'GB'"),
    ],
    "duty_is_a_share": [_into("dutyrow", _DUTY, rate="2", approval_id="%(duty_large)s")],
    "one_duty_per_version": [_into("dutyrow", _DUTY, version="1")],
    "one_duty_per_day": [
        _into("dutyrow", _DUTY, jurisdiction="'DK'", version="9", rate="0.3", approval_id="%(duty_done)s")
    ],
    "provider_fee_is_as_approved": [
        _into("feerow", _FEE, percentage="11"), _into("feerow", _FEE, minimum="1"), _into("feerow", _FEE, basis="'x'"),
    ],
    "provider_fee_not_negative": [_into("feerow", _FEE, percentage="-1", approval_id="%(fee_negative)s")],
    "one_provider_fee_per_version": [_into("feerow", _FEE, version="1")],
    "one_provider_fee_per_day": [_into("feerow", _FEE, version="9", approval_id="%(fee_done)s")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "definitions_are_never_edited": [
        "UPDATE definitions_definitionrow SET formula = 'x'", "DELETE FROM definitions_definitionrow",
    ],
    "duties_are_never_edited": ["UPDATE definitions_dutyrow SET rate = 0", "DELETE FROM definitions_dutyrow"],
    "provider_fees_are_never_edited": [
        "UPDATE definitions_feerow SET percentage = 0", "DELETE FROM definitions_feerow",
    ],
}  # fmt: skip


def definitions_of_the_story() -> dict[str, Any]:
    """Of each table a row that waits for a second person, and one that was carried out."""
    now = datetime(2029, 12, 1, tzinfo=UTC)
    maker, checker = (staff_member(role, username=f"of-{role}") for role in ("finance", "compliance_officer"))
    provider = provider_make("fees")
    made: dict[str, Any] = {"valid_from": DAY, "source": "x", "verified": True}
    fee = {
        "provider_id": provider.pk, "basis": "KPI-04", "percentage": "12", "tiers": [], "minimum": "0",
        "currency": "EUR", "carries_over": False, **made,
    }  # fmt: skip
    duty = {"jurisdiction": "MT", "tax": "duty", "title": "x", "rate": "0.06", "base": "KPI-02", **made}
    # The earlier row of the provider, so that its next day and version are taken.
    payloads: dict[str, Any] = {
        "definition_open": definition_payload(code="KPI-11", title="x", formula="DEP", about="", **made),
        "definition_done": definition_payload(code="KPI-12", title="x", formula="DEP", about="", **made),
        "duty_open": duty_payload(**duty), "duty_done": duty_payload(**duty | {"jurisdiction": "DK", "rate": "0.3"}),
        "duty_large": {**duty_payload(**duty), "rate": "2"},
        "fee_open": fee_payload(**fee), "fee_negative": {**fee_payload(**fee), "percentage": "-1"},
        "fee_done": fee_payload(**fee),
    }  # fmt: skip
    names: dict[str, Any] = {"fee_provider": provider.pk}
    for name, payload in payloads.items():
        approval = approval_propose(kind=KIND, payload=payload, reason="for a test", actor=f"staff:{maker.pk}", now=now)
        names[name] = approval.pk
        if name.endswith("_done"):
            approval_approve(approval_id=approval.pk, actor=f"staff:{checker.pk}", reason="read it", now=now)
    return names
