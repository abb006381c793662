"""Two people of compliance, and rows of policy agreed by them as in production."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.policy.approval_kinds import KIND, row_payload
from compliance.policy.models import PolicyRow
from compliance.staff.models import StaffUser
from compliance.staff.services.role_grants import role_grant
from tests.staff import PASSWORD

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def two_people() -> tuple[StaffUser, StaffUser]:
    """A maker of responsible gaming and a compliance officer who decides, in office for years."""
    return _in_office("responsible_gaming"), _in_office("compliance_officer")


def _in_office(role: str) -> StaffUser:
    number = StaffUser.objects.count() + 1
    person = StaffUser.objects.create_user(
        f"{role}-of-old-{number}", f"old{number}@example.org", PASSWORD, is_staff=True, personnel_number=f"OLD-{number}"
    )
    role_grant(staff_id=person.pk, role_code=role, actor="system:tests", reason="for a test", now=LONG_AGO)
    return person


def row_proposed(
    *, jurisdiction: str, key: str, value: Any, effective_from: datetime, now: datetime, maker: StaffUser
) -> Approval:
    """A row put before a second person."""
    payload = row_payload(
        jurisdiction=jurisdiction, key=key, value=value, effective_from=effective_from, source="for a test",
        verified=True,
    )  # fmt: skip
    return approval_propose(kind=KIND, payload=payload, reason="for a test", actor=f"staff:{maker.pk}", now=now)


def policy_row_make(
    jurisdiction: str, key: str, value: Any, effective_from: datetime, *, now: datetime | None = None
) -> PolicyRow:
    """A row that two people agreed to, an hour before it takes effect unless `now` says when. For any test."""
    maker, checker = two_people()
    now = now or effective_from - timedelta(hours=1)
    approval = row_proposed(
        jurisdiction=jurisdiction, key=key, value=value, effective_from=effective_from, now=now, maker=maker
    )
    done = approval_approve(approval_id=approval.pk, actor=f"staff:{checker.pk}", reason="read it", now=now)
    return PolicyRow.objects.get(pk=int(done.result.partition(":")[2]))


def preview_lines(key: str, value: Any, *, now: datetime) -> dict[str, tuple[str, str]]:
    """What the preview of a row of MT in a week tells: before and after, by name."""
    maker, _checker = two_people()
    made = row_proposed(
        jurisdiction="MT", key=key, value=value, effective_from=now + timedelta(days=7), now=now, maker=maker
    )
    return {line["name"]: (line["before"], line["after"]) for line in made.consequences}
