"""Rows of policy are written by the approval of two people, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.policy.errors import PolicyMomentTaken, PolicyNoticeTooShort
from compliance.policy.keys import PolicyKey
from compliance.policy.models import PolicyRow
from compliance.policy.models.policy_row import POLICY_NOTICE
from compliance.policy.selectors.explanation import value_words
from compliance.policy.selectors.policies import policy_of


@transaction.atomic
def policy_row_write(
    *, jurisdiction: str, key: PolicyKey, value: Any, effective_from: datetime, source: str, verified: bool,
    approval_id: int, reason: str, actor: str, now: datetime,
) -> PolicyRow:  # fmt: skip
    """Have `value` hold in a jurisdiction from an instant on. The caller checked that it fits its key.

    Raises PolicyNoticeTooShort for a moment nearer than POLICY_NOTICE, and PolicyMomentTaken.
    """
    if effective_from < now + POLICY_NOTICE:
        raise PolicyNoticeTooShort
    if PolicyRow.objects.filter(jurisdiction=jurisdiction, key=key, effective_from=effective_from).exists():
        raise PolicyMomentTaken
    before = policy_of(jurisdiction=jurisdiction, now=effective_from).rows.get(key)
    made = PolicyRow.objects.create(
        jurisdiction=jurisdiction, key=key, value=value, effective_from=effective_from, source=source,
        verified=verified, approval_id=approval_id, created_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.POLICY_ROW_ADDED, actor=actor, now=now, subject=f"policy.policyrow:{made.pk}", reason=reason,
        before={"value": value_words(key, before.value) if before else None},
        after={
            "jurisdiction": jurisdiction, "key": key.value, "value": value_words(key, value),
            "effective_from": effective_from, "source": source, "verified": verified,
        },
        approval=f"approval:{approval_id}",
    )  # fmt: skip
    return made
