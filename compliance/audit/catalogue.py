"""What each name of the trail weighs: its severity, and whether the regulator's list counts it (compliance.md §1.5).

A name that is not here is information. `significant` is its kind in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.audit.enums import Severity, Significant
from compliance.audit.names import EventName


@dataclass(frozen=True, slots=True)
class Weight:
    """How much an event matters; `significant` is its kind in the regulator's list."""

    severity: Severity = Severity.INFO
    significant: Significant | None = None


ORDINARY: Final = Weight()

WEIGHTS: Final[dict[EventName, Weight]] = {
    EventName.ALERT_FIRED: Weight(Severity.WARNING),
    EventName.ALERT_RULE_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.AUDIT_EXPORTED: Weight(Severity.NOTICE),
    EventName.INCIDENT_LIFTED: Weight(Severity.WARNING, Significant.INTERVENTION),
    EventName.INCIDENT_OPENED: Weight(Severity.CRITICAL, Significant.INTEGRITY),
    EventName.SOFTWARE_CHANGED: Weight(Severity.CRITICAL, Significant.INTEGRITY),
    EventName.COMPONENT_MISSING: Weight(Severity.CRITICAL, Significant.UNAVAILABLE),
    EventName.LARGE_TRANSFER: Weight(Severity.NOTICE, Significant.LARGE_TRANSFER),
    EventName.LARGE_TRANSFERS: Weight(Severity.NOTICE, Significant.LARGE_TRANSFER),
    EventName.LARGE_WAGER: Weight(Severity.NOTICE, Significant.LARGE_WAGER),
    EventName.LARGE_WAGERS: Weight(Severity.NOTICE, Significant.LARGE_WAGER),
    EventName.LARGE_WIN: Weight(Severity.NOTICE, Significant.LARGE_WIN),
    EventName.LARGE_WINS: Weight(Severity.NOTICE, Significant.LARGE_WIN),
    EventName.NEGATIVE_BALANCE: Weight(Severity.WARNING, Significant.NEGATIVE_BALANCE),
    EventName.ROW_CHANGED_OUTSIDE: Weight(Severity.WARNING, Significant.OUTSIDE),
    EventName.SIGN_IN_BURST: Weight(Severity.WARNING, Significant.LOGIN_BURST),
    EventName.THRESHOLD_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.TRANSFER_DISPUTED: Weight(Severity.CRITICAL, Significant.INTEGRITY),
    EventName.TRANSFER_UNKNOWN: Weight(Severity.NOTICE),
    EventName.BALANCE_ADJUSTED: Weight(Severity.WARNING, Significant.ADJUSTMENT),
    EventName.COMMIT_ORDER_REBASED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.LEDGER_BROKEN: Weight(Severity.CRITICAL, Significant.INTEGRITY),
    EventName.LEDGER_EXPORTED: Weight(Severity.NOTICE),
    EventName.SEAL_KEY_MADE: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.SEALING_STOPPED: Weight(Severity.CRITICAL, Significant.UNAVAILABLE),
    EventName.TRANSACTION_REVERSED: Weight(Severity.WARNING, Significant.CORRECTION),
    EventName.OPERATOR_LIMIT_LOOSENED: Weight(Severity.NOTICE),
    EventName.OPERATOR_LIMIT_SET: Weight(Severity.NOTICE),
    EventName.RESTRICTION_LIFTED: Weight(Severity.NOTICE),
    EventName.FLAG_LIFTED: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.FLAG_PLACED: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.LOCATION_REFUSED: Weight(Severity.NOTICE),
    EventName.EXCLUSION_LIFTED: Weight(Severity.WARNING, Significant.INTERVENTION),
    EventName.EXCLUSION_PLACED: Weight(Severity.NOTICE, Significant.DEACTIVATION),
    EventName.MARKETING_LISTED: Weight(Severity.NOTICE),
    EventName.REGISTER_SILENT: Weight(Severity.CRITICAL, Significant.UNAVAILABLE),
    EventName.REGISTRATION_MATCHED: Weight(Severity.NOTICE),
    EventName.RETURN_ASKED: Weight(Severity.NOTICE),
    EventName.DOCUMENT_INFECTED: Weight(Severity.WARNING),
    EventName.DOCUMENT_OPENED: Weight(Severity.NOTICE),
    EventName.VERIFICATION_FORGED: Weight(Severity.WARNING, Significant.INTEGRITY),
    EventName.VERIFICATION_MOVED: Weight(Severity.NOTICE, Significant.PERSONAL_DATA),
    EventName.VERIFICATION_OVERDUE: Weight(Severity.NOTICE),
    EventName.GATEWAY_MESSAGE_AGAIN: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.GATEWAY_MESSAGE_FLAGGED: Weight(Severity.WARNING),
    EventName.GATEWAY_MESSAGE_FORGED: Weight(Severity.WARNING, Significant.INTEGRITY),
    EventName.GATEWAY_DAYS_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.GATEWAY_MESSAGES_AGED: Weight(Severity.NOTICE),
    EventName.GATEWAY_PURPOSE_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.CALL_LOG_PURGED: Weight(Severity.NOTICE),
    EventName.GAME_ADDED: Weight(Severity.NOTICE, Significant.GAME_PARAMETER),
    EventName.GAME_EDITED: Weight(Severity.WARNING, Significant.GAME_PARAMETER),
    EventName.JACKPOT_CHANGED: Weight(Severity.WARNING, Significant.JACKPOT_PARAMETER),
    EventName.API_CLIENT_MADE: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.API_CLIENT_REVOKED: Weight(Severity.NOTICE),
    EventName.API_PERSONAL_READ: Weight(Severity.NOTICE),
    EventName.API_SECRET_MADE: Weight(Severity.NOTICE),
    EventName.API_SECRET_RETIRED: Weight(Severity.NOTICE),
    EventName.KEY_ISSUED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.KEY_RETIRED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.PROVIDER_ADDED: Weight(Severity.NOTICE, Significant.PARAMETER),
    EventName.PROVIDER_EDITED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.SETTLEMENT_BREAK_DECIDED: Weight(Severity.NOTICE, Significant.CORRECTION),
    EventName.PROVIDER_BREAK_CORRECTED: Weight(Severity.NOTICE, Significant.CORRECTION),
    EventName.PROVIDER_BREAK_DECIDED: Weight(Severity.NOTICE, Significant.CORRECTION),
    EventName.SETTLEMENT_BREAK_WRITTEN_OFF: Weight(Severity.WARNING, Significant.CORRECTION),
    EventName.CONVERSION_MARGIN_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.INSTRUMENT_BLOCKED: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.INSTRUMENT_VERIFIED: Weight(Severity.NOTICE),
    EventName.REFUND_ASKED: Weight(Severity.NOTICE),
    EventName.REFUND_FAILED: Weight(Severity.WARNING),
    EventName.PAYOUT_PAID_TWICE: Weight(Severity.CRITICAL, Significant.INTEGRITY),
    EventName.WITHDRAWALS_EXPORTED: Weight(Severity.NOTICE),
    EventName.EXPORT_DELIVERED: Weight(Severity.NOTICE),
    EventName.EXPORT_DOWNLOADED: Weight(Severity.NOTICE),
    EventName.EXPORT_FAILED: Weight(Severity.WARNING),
    EventName.EXPORT_REFUSED: Weight(Severity.NOTICE),
    EventName.EXPORT_SCHEDULE_MADE: Weight(Severity.NOTICE),
    EventName.WITHDRAWAL_MOVED: Weight(Severity.NOTICE),
    EventName.WITHDRAWAL_RULE_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.BRAND_ADDED: Weight(Severity.NOTICE, Significant.PARAMETER),
    EventName.BRAND_EDITED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.APPROVAL_EXECUTED: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.APPROVAL_PROPOSED: Weight(Severity.NOTICE),
    EventName.APPROVAL_REFUSED: Weight(Severity.NOTICE),
    EventName.KEY_SECRET_SHOWN: Weight(Severity.NOTICE),
    EventName.PROVIDER_NETWORKS_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.HARM_STEP_LATE: Weight(Severity.WARNING, Significant.INTERVENTION),
    EventName.HARM_STEP_TAKEN: Weight(Severity.NOTICE, Significant.INTERVENTION),
    EventName.HARM_TIER_OVERRIDDEN: Weight(Severity.NOTICE),
    EventName.POLICY_EXPORTED: Weight(Severity.NOTICE),
    EventName.POLICY_ROW_ADDED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.APPROVAL_RULE_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.CARD_NUMBER_REFUSED: Weight(Severity.WARNING),
    EventName.BREAKER_FORCED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.METHOD_CHANGED: Weight(Severity.NOTICE, Significant.PARAMETER),
    EventName.METHOD_DEFINED: Weight(Severity.NOTICE, Significant.PARAMETER),
    EventName.METHOD_TERMS_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.ROUTE_ENDED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.ROUTE_SET: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.EVIDENCE_EXPORTED: Weight(Severity.NOTICE),
    EventName.PLAY_RESUMED: Weight(Severity.WARNING, Significant.INTERVENTION),
    EventName.PLAY_STOPPED: Weight(Severity.WARNING, Significant.INTERVENTION),
    EventName.PLAYER_BLOCKED: Weight(Severity.NOTICE, Significant.DEACTIVATION),
    EventName.PLAYER_CLOSED: Weight(Severity.NOTICE, Significant.DEACTIVATION),
    EventName.PLAYER_UNBLOCKED: Weight(Severity.NOTICE),
    EventName.ERASURE_HELD: Weight(Severity.NOTICE),
    EventName.ERASURE_REQUESTED: Weight(Severity.NOTICE),
    EventName.ERASURE_STEPPED: Weight(Severity.NOTICE),
    EventName.PLAYER_FACTOR_REMOVED: Weight(Severity.NOTICE),
    EventName.PLAYER_PASSWORD_CHANGED: Weight(Severity.NOTICE, Significant.PERSONAL_DATA),
    EventName.PLAYER_SIGN_IN_LOCKED: Weight(Severity.NOTICE, Significant.LOGIN_BURST),
    EventName.REGISTRATION_REFUSED: Weight(Severity.NOTICE),
    EventName.SUBJECT_EXPORTED: Weight(Severity.NOTICE),
    EventName.TERMS_PUBLISHED: Weight(Severity.NOTICE, Significant.PARAMETER),
    EventName.PERSONAL_DATA_CHANGED: Weight(Severity.NOTICE, Significant.PERSONAL_DATA),
    EventName.PERSONAL_DATA_ERASED: Weight(Severity.WARNING, Significant.DATA_LOSS),
    EventName.PERSONAL_DATA_REVEALED: Weight(Severity.NOTICE),
    EventName.PERSONAL_DATA_SEARCHED: Weight(Severity.NOTICE),
    EventName.ACCESS_REFUSED: Weight(Severity.NOTICE),
    EventName.MATRIX_EXPORTED: Weight(Severity.NOTICE),
    EventName.MEMBER_ADDED: Weight(Severity.NOTICE),
    EventName.INVITATION_MADE: Weight(Severity.NOTICE),
    EventName.INVITATION_USED: Weight(Severity.NOTICE),
    EventName.MEMBER_SWITCHED_OFF: Weight(Severity.NOTICE),
    EventName.MEMBER_SWITCHED_ON: Weight(Severity.NOTICE),
    EventName.ROLE_CHANGED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.ROLE_GRANTED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.ROLE_REVOKED: Weight(Severity.WARNING, Significant.PARAMETER),
    EventName.FACTOR_REMOVED: Weight(Severity.NOTICE),
    EventName.FACTOR_RESET: Weight(Severity.WARNING),
    EventName.NETWORK_REFUSED: Weight(Severity.NOTICE),
    EventName.RECOVERY_CODE_USED: Weight(Severity.NOTICE),
    EventName.SIGN_IN_LOCKED: Weight(Severity.WARNING, Significant.LOGIN_BURST),
    EventName.SIGN_IN_REFUSED: Weight(Severity.NOTICE),
}


def weight_of(name: EventName) -> Weight:
    """The weight of a name."""
    return WEIGHTS.get(name, ORDINARY)


SIGNIFICANT_KINDS: Final = tuple(Significant)


def names_of_kind(kind: Significant) -> list[str]:
    """The names that are of one kind of significant event."""
    return sorted(name.value for name, weight in WEIGHTS.items() if weight.significant is kind)
