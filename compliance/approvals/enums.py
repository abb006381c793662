from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class ApprovalState(TextChoices):
    """Where a proposal stands. It moves forward along `EDGES` alone; the database refuses every other step."""

    PROPOSED = "proposed", "Proposed"
    APPROVED_ONCE = "approved_once", "Approved once, waits for a third person"
    EXECUTED = "executed", "Executed"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn by its maker"
    EXPIRED = "expired", "Expired"
    REFUSED_STATE_CHANGED = "refused_state_changed", "Refused: the state it was computed on changed"


class Verdict(TextChoices):
    """What was decided about a proposal, by whom: people or the house."""

    APPROVE = "approve", "Approved"
    REJECT = "reject", "Rejected"
    WITHDRAW = "withdraw", "Withdrawn"
    EXPIRE = "expire", "Expired"
    REFUSE = "refuse", "Refused: state changed"


OPEN_STATES: Final = (ApprovalState.PROPOSED, ApprovalState.APPROVED_ONCE)
