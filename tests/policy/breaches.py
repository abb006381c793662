"""SQL that breaks each promise of policy (tests/wallet/guards), on the approvals of `policy_of_the_story`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from compliance.approvals.services.proposals import approval_propose
from compliance.policy.approval_kinds import KIND, row_payload
from tests.policy.cast import policy_row_make, two_people

AT = datetime(2030, 1, 1, tzinfo=UTC)
_ROW = {
    "jurisdiction": "'GB'", "key": "'registration.min_age'", "value": "'19'",
    "effective_from": "'2030-01-01T00:00:00Z'", "source": "'x'", "verified": "true", "approval_id": "%(policy_open)s",
    "created_at": "'2029-12-31T00:00:00Z'",
}  # fmt: skip


def _row(**changes: str) -> str:
    columns = _ROW | changes
    return f"INSERT INTO policy_policyrow ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


BY_ANYBODY: dict[str, list[str]] = {
    "policy_row_is_as_approved": [
        _row(value="'18'"),
        _row(value="NULL"),
        _row(key="'history.months'"),
        _row(jurisdiction="'MT'"),
        _row(effective_from="'2030-01-02T00:00:00Z'"),
        _row(approval_id="%(done)s"),
    ],
    "policy_row_is_known_before_it_holds": [
        _row(created_at="'2029-12-31T23:45:01Z'"),
        _row(created_at="'2031-01-01T00:00:00Z'"),
    ],
    "policy_row_names_its_jurisdiction": [_row(jurisdiction="'gb'", approval_id="%(policy_small)s")],
    "policy_row_names_its_source": [_row(source="''")],
    "one_policy_row_per_moment": [_row(jurisdiction="'SE'", approval_id="%(policy_done)s")],
}
BY_OWNER: dict[str, list[str]] = {
    "policy_rows_are_never_edited": [
        "UPDATE policy_policyrow SET value = '16'",
        "UPDATE policy_policyrow SET verified = true",
        "DELETE FROM policy_policyrow",
    ],
}


def policy_of_the_story() -> dict[str, Any]:
    """One proposal that waits, one for a jurisdiction that is none, and one that was carried out."""
    maker, _checker = two_people()
    now = AT - timedelta(days=2)
    names: dict[str, Any] = {}
    for name, jurisdiction in (("policy_open", "GB"), ("policy_small", "gb")):
        payload = row_payload(
            jurisdiction="GB", key="registration.min_age", value=19, effective_from=AT, source="x", verified=True
        )
        made = approval_propose(
            kind=KIND, payload={**payload, "jurisdiction": jurisdiction}, reason="x", actor=f"staff:{maker.pk}", now=now
        )
        names[name] = made.pk
    names["policy_done"] = policy_row_make("SE", "registration.min_age", 19, AT).approval_id
    return names
