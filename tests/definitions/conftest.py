"""A definition that two people changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from reporting.definitions.approval_kinds import KIND, definition_payload
from reporting.definitions.models import DefinitionRow
from tests.staff import staff_member

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def approved_definition() -> DefinitionRow:
    """KPI-11 less chargebacks from 1 June 2026 on, proposed by Carol and approved by Dora."""
    payload = definition_payload(
        code="KPI-11", title="Net deposits", formula="DEP - WD - CB", about="Less chargebacks.",
        valid_from=date(2026, 6, 1), source="the finance board's decision", verified=True,
    )  # fmt: skip
    carol = staff_member("finance", username="carol")
    dora = staff_member("compliance_officer", username="dora")
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
