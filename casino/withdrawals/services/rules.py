"""A new row of numbers for withdrawals: written when two people agreed, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casino.withdrawals.models import Rule
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def rule_write(
    *, jurisdiction: str, effective_from: datetime, numbers: Mapping[str, Any], source: str, approval_id: int | None,
    reason: str, actor: str, now: datetime,
) -> Rule:  # fmt: skip
    """Write the row; `numbers` by the names of the model's fields, amounts of the base currency as text."""
    made = Rule.objects.create(
        jurisdiction=jurisdiction, effective_from=effective_from, source=source[:300], approval_id=approval_id,
        created_at=now, **{name: Decimal(told) if isinstance(told, str) else told for name, told in numbers.items()},
    )  # fmt: skip
    audit_record(
        name=EventName.WITHDRAWAL_RULE_SET, actor=actor, now=now, subject=f"withdrawals.rule:{made.pk}", reason=reason,
        after={"jurisdiction": jurisdiction, "effective_from": effective_from.isoformat(), **dict(numbers)},
    )  # fmt: skip
    return made
