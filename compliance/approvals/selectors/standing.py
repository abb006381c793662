"""How the world stands around a proposal: what it is computed on, and how many others must agree."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind
from compliance.approvals.types import Payload, State

ONE, TWO = 1, 2
OTHERS: Final = "Other people who must agree"


def approvals_needed(kind: ApprovalKind, payload: Payload, now: datetime) -> int:
    """One other person, or two where a third is needed, by the rules in force."""
    return TWO if kind.third_person(payload, now) else ONE


def state_standing(kind: ApprovalKind, payload: Payload, now: datetime) -> State:
    """The kind's facts, and the rule under which it is decided: a difference refuses the proposal."""
    return {**kind.state(payload, now), OTHERS: f"{approvals_needed(kind, payload, now)}"}
