"""A definition that two people changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from compliance.staff.services.role_grants import role_grant
from reporting.definitions.approval_kinds import KIND, definition_payload
from reporting.definitions.models import DefinitionRow
from tests.staff import PASSWORD

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def in_office(role: str) -> StaffUser:
    """Somebody who has had a role for years."""
    person = StaffUser.objects.create_user(
        f"{role}-of-old", f"{role}@example.org", PASSWORD, is_staff=True, personnel_number=f"OLD-{len(role)}"
    )
    role_grant(staff_id=person.pk, role_code=role, actor="system:tests", reason="for a test", now=LONG_AGO)
    return person


@pytest.fixture
def approved_definition() -> DefinitionRow:
    """KPI-11 less chargebacks from 1 June 2026 on, proposed by Carol and approved by Dora."""
    payload = definition_payload(
        code="KPI-11", title="Net deposits", formula="DEP - WD - CB", about="Less chargebacks.",
        valid_from=date(2026, 6, 1), source="the finance board's decision", verified=True,
    )  # fmt: skip
    carol, dora = in_office("finance"), in_office("compliance_officer")
    approval = approval_propose(
        kind=KIND,
        payload=payload,
        reason="chargebacks are withdrawals",
        ticket="T-1",
        actor=f"staff:{carol.pk}",
        now=NOW,
    )
    approval_approve(approval_id=approval.pk, reason="agreed", actor=f"staff:{dora.pk}", now=NOW)
    return DefinitionRow.objects.get(code="KPI-11", version=2)
