"""What each name of the trail weighs: its severity, and whether the regulator's list counts it (compliance.md §1.5).

A name that is not here is information. `significant` names the kind of the list that it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.audit.enums import Severity
from compliance.audit.names import EventName


@dataclass(frozen=True, slots=True)
class Weight:
    """How much an event matters; `significant` is its kind in the regulator's list, or empty."""

    severity: Severity = Severity.INFO
    significant: str = ""


ORDINARY: Final = Weight()

WEIGHTS: Final[dict[EventName, Weight]] = {
    EventName.AUDIT_EXPORTED: Weight(Severity.NOTICE),
    EventName.APPROVAL_EXECUTED: Weight(Severity.NOTICE, "user intervention outside normal operation"),
    EventName.APPROVAL_PROPOSED: Weight(Severity.NOTICE),
    EventName.APPROVAL_REFUSED: Weight(Severity.NOTICE),
    EventName.KEY_SECRET_SHOWN: Weight(Severity.NOTICE),
    EventName.PROVIDER_NETWORKS_SET: Weight(Severity.WARNING, "change of a policy or parameter"),
    EventName.APPROVAL_RULE_SET: Weight(Severity.WARNING, "change of a policy or parameter"),
    EventName.EVIDENCE_EXPORTED: Weight(Severity.NOTICE),
    EventName.PLAY_RESUMED: Weight(Severity.WARNING, "user intervention outside normal operation"),
    EventName.PLAY_STOPPED: Weight(Severity.WARNING, "user intervention outside normal operation"),
    EventName.PLAYER_BLOCKED: Weight(Severity.NOTICE, "account deactivation"),
    EventName.PLAYER_CLOSED: Weight(Severity.NOTICE, "account deactivation"),
    EventName.PLAYER_UNBLOCKED: Weight(Severity.NOTICE),
    EventName.PERSONAL_DATA_CHANGED: Weight(Severity.NOTICE),
    EventName.PERSONAL_DATA_ERASED: Weight(Severity.WARNING),
    EventName.PERSONAL_DATA_REVEALED: Weight(Severity.NOTICE),
    EventName.PERSONAL_DATA_SEARCHED: Weight(Severity.NOTICE),
    EventName.ACCESS_REFUSED: Weight(Severity.NOTICE),
    EventName.MATRIX_EXPORTED: Weight(Severity.NOTICE),
    EventName.MEMBER_ADDED: Weight(Severity.NOTICE),
    EventName.MEMBER_SWITCHED_OFF: Weight(Severity.NOTICE),
    EventName.MEMBER_SWITCHED_ON: Weight(Severity.NOTICE),
    EventName.ROLE_CHANGED: Weight(Severity.WARNING, "change of a policy or parameter"),
    EventName.ROLE_GRANTED: Weight(Severity.WARNING, "change of a policy or parameter"),
    EventName.ROLE_REVOKED: Weight(Severity.WARNING, "change of a policy or parameter"),
    EventName.FACTOR_REMOVED: Weight(Severity.NOTICE),
    EventName.FACTOR_RESET: Weight(Severity.WARNING),
    EventName.NETWORK_REFUSED: Weight(Severity.NOTICE),
    EventName.RECOVERY_CODE_USED: Weight(Severity.NOTICE),
    EventName.SIGN_IN_LOCKED: Weight(Severity.WARNING, "failed staff login burst"),
    EventName.SIGN_IN_REFUSED: Weight(Severity.NOTICE),
}


def weight_of(name: EventName) -> Weight:
    """The weight of a name."""
    return WEIGHTS.get(name, ORDINARY)
