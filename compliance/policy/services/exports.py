"""The policy of a jurisdiction at an instant as a file, told to the audit trail."""

from __future__ import annotations

import hashlib
from datetime import datetime

from common.clock import instant_text
from common.csv_text import csv_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.policy.models.policy_row import FALLBACK
from compliance.policy.selectors.explanation import policy_explain

HEADERS = (
    "Key", "Title", "Value", "Row", "Of jurisdiction", "In force since", "Source", "Verified", "Next value from",
)  # fmt: skip


def policy_export(*, jurisdiction: str, at: datetime, actor: str, now: datetime) -> str:
    """Every key with the row that was in force at `at`, as CSV."""
    rows = [
        [
            line.key.value, line.title, line.words,
            line.row.id if line.row else "", line.row.jurisdiction if line.row else "",
            instant_text(line.row.effective_from) if line.row else "", line.row.source if line.row else "",
            ("yes" if line.row.verified else "no") if line.row else "",
            instant_text(line.next_row.effective_from) if line.next_row else "",
        ]
        for line in policy_explain(jurisdiction=jurisdiction, at=at)
    ]  # fmt: skip
    text = csv_text(HEADERS, rows)
    audit_record(
        name=EventName.POLICY_EXPORTED, actor=actor, now=now,
        subject=f"policy.jurisdiction:{'fallback' if jurisdiction == FALLBACK else jurisdiction}",
        after={"at": at, "rows": len(rows), "sha256": hashlib.sha256(text.encode()).hexdigest()},
    )  # fmt: skip
    return text
