"""Every event that the audit trail may hold, by its three-part name: floor or wing, noun, what happened.

A closed list: `audit_record` takes nothing else. Add a name in the block of your app, sorted, and, when it is a
significant event or needs attention, its line in `catalogue.py`. A name keeps its meaning for ever.
"""

from enum import StrEnum


class EventName(StrEnum):
    """The closed list."""

    # compliance.audit
    AUDIT_EXPORTED = "audit:trail:exported"
    COMPONENT_MISSING = "audit:component:missing"
    LARGE_TRANSFER = "audit:transfer:large"
    LARGE_TRANSFERS = "audit:transfers:large"
    LARGE_WAGER = "audit:wager:large"
    LARGE_WAGERS = "audit:wagers:large"
    LARGE_WIN = "audit:win:large"
    LARGE_WINS = "audit:wins:large"
    NEGATIVE_BALANCE = "audit:balance:negative"
    ROW_CHANGED_OUTSIDE = "audit:row:changed_outside"
    SIGN_IN_BURST = "audit:signins:burst"
    THRESHOLD_SET = "audit:threshold:set"

    # wallet
    BALANCE_ADJUSTED = "wallet:balance:adjusted"
    COMMIT_ORDER_REBASED = "wallet:order:rebased"
    HOLD_PLACED = "wallet:hold:placed"
    HOLD_RELEASED = "wallet:hold:released"
    HOLD_SETTLED = "wallet:hold:settled"
    LEDGER_BROKEN = "wallet:ledger:broken"
    LEDGER_EXPORTED = "wallet:ledger:exported"
    LEDGER_VERIFIED = "wallet:ledger:verified"
    RATES_LOADED = "wallet:rates:loaded"
    SEAL_KEY_MADE = "wallet:sealkey:made"
    SEALING_STOPPED = "wallet:sealing:stopped"
    TRANSACTION_REVERSED = "wallet:transaction:reversed"

    # compliance.exclusions, compliance.register
    EXCLUSION_LIFTED = "compliance:exclusion:lifted"
    EXCLUSION_PLACED = "compliance:exclusion:placed"
    MARKETING_LISTED = "compliance:marketing:listed"
    REGISTER_SILENT = "compliance:register:silent"
    REGISTRATION_MATCHED = "compliance:exclusion:registration_matched"
    RETURN_ASKED = "compliance:return:asked"
    RETURN_CONTACTED = "compliance:return:contacted"
    RETURN_ENDED = "compliance:return:ended"

    # compliance.gate, compliance.geo
    FLAG_LIFTED = "compliance:flag:lifted"
    FLAG_PLACED = "compliance:flag:placed"
    LOCATION_REFUSED = "compliance:location:refused"
    REALITY_ACKNOWLEDGED = "compliance:reality_check:acknowledged"
    REALITY_INTERVAL_CHOSEN = "compliance:reality_check:interval_chosen"

    # compliance.limits
    CARE_CASE_DECIDED = "compliance:care_case:decided"
    CARE_CASE_OPENED = "compliance:care_case:opened"
    DEPOSIT_REFUSED = "compliance:deposit:refused"
    LIMITS_REVIEWED = "compliance:limits:reviewed"
    LIMIT_CHANGE_CANCELLED = "compliance:limit_change:cancelled"
    LIMIT_CHANGE_EXPIRED = "compliance:limit_change:expired"
    LIMIT_LOWERED = "compliance:limit:lowered"
    LIMIT_RAISED = "compliance:limit:raised"
    LIMIT_RAISE_ASKED = "compliance:limit:raise_asked"
    LIMIT_REMOVED = "compliance:limit:removed"
    LIMIT_REVIEW_REMINDED = "compliance:limits:review_reminded"
    LIMIT_SET = "compliance:limit:set"
    OPERATOR_LIMIT_LOOSENED = "compliance:operator_limit:loosened"
    OPERATOR_LIMIT_SET = "compliance:operator_limit:set"

    # compliance.kyc
    DOCUMENT_ACCEPTED = "compliance:document:accepted"
    DOCUMENT_EXPIRED = "compliance:document:expired"
    DOCUMENT_INFECTED = "compliance:document:infected"
    DOCUMENT_OPENED = "compliance:document:opened"
    DOCUMENT_REJECTED = "compliance:document:rejected"
    DOCUMENT_REMINDED = "compliance:document:reminded"
    DOCUMENT_SENT = "compliance:document:sent"
    VERIFICATION_ASKED = "compliance:verification:asked"
    VERIFICATION_FORGED = "compliance:verification:forged"
    VERIFICATION_MOVED = "compliance:verification:moved"
    VERIFICATION_OVERDUE = "compliance:verification:overdue"

    # compliance
    RESTRICTION_LIFTED = "compliance:restriction:lifted"
    RESTRICTION_PLACED = "compliance:restriction:placed"

    # casino.gateways
    GATEWAY_DAYS_SET = "gateways:gateway:days_set"
    GATEWAY_MESSAGES_AGED = "gateways:message:aged"
    GATEWAY_MESSAGE_AGAIN = "gateways:message:worked_again"
    GATEWAY_MESSAGE_FLAGGED = "gateways:message:flagged"
    GATEWAY_MESSAGE_FORGED = "gateways:message:forged"
    GATEWAY_PURPOSE_SET = "gateways:gateway:purpose_set"

    # casino.games, casino.jackpots, casino.calls
    CALL_LOG_PURGED = "calls:log:purged"
    GAME_ADDED = "games:game:added"
    GAME_AVAILABILITY_SET = "lobby:game:availability_set"
    GAME_EDITED = "games:game:edited"
    JACKPOT_CHANGED = "jackpots:jackpot:changed"
    KEY_ISSUED = "games:key:issued"
    KEY_RETIRED = "games:key:retired"
    KEY_SECRET_SHOWN = "games:key:secret_shown"  # noqa: S105 - a name
    PROVIDER_ADDED = "games:provider:added"
    PROVIDER_EDITED = "games:provider:edited"
    PROVIDER_NETWORKS_SET = "games:provider:networks_set"
    SANDBOX_PLAYER_MADE = "play:sandbox:player_made"
    SANDBOX_PLAYER_SET = "play:sandbox:player_set"

    # casino.routing, common.cards
    CARD_NUMBER_REFUSED = "platform:card_number:refused"
    BREAKER_FORCED = "routing:breaker:forced"
    METHOD_CHANGED = "routing:method:changed"
    METHOD_DEFINED = "routing:method:defined"
    METHOD_TERMS_SET = "routing:terms:set"
    ROUTE_ENDED = "routing:route:ended"
    ROUTE_SET = "routing:route:set"

    # reporting.monitoring
    ALERT_ACKNOWLEDGED = "monitoring:alert:acknowledged"
    ALERT_FIRED = "monitoring:alert:fired"
    ALERT_RULE_SET = "monitoring:rule:set"
    HOUSE_PROVED = "monitoring:house:proved"
    INCIDENT_LIFTED = "monitoring:incident:lifted"
    INCIDENT_OPENED = "monitoring:incident:opened"
    SOFTWARE_CHANGED = "monitoring:software:changed"

    # reporting.access, reporting.api
    API_CLIENT_MADE = "access:client:made"
    API_CLIENT_REVOKED = "access:client:revoked"
    API_PERSONAL_READ = "access:personal_data:read"
    API_SECRET_MADE = "access:secret:made"  # noqa: S105 - a name
    API_SECRET_RETIRED = "access:secret:retired"  # noqa: S105 - a name

    # casino.settlements
    SETTLEMENT_BREAK_DECIDED = "settlements:break:decided"
    SETTLEMENT_BREAK_WRITTEN_OFF = "settlements:break:written_off"
    SETTLEMENT_LOADED = "settlements:file:loaded"

    # casino.reconciliation
    PROVIDER_BREAK_CORRECTED = "reconciliation:break:corrected"
    PROVIDER_BREAK_DECIDED = "reconciliation:break:decided"
    ROUND_WORKED_OFF = "reconciliation:round:closed"
    STATEMENT_MATCHED = "reconciliation:statement:matched"
    STATEMENT_RECEIVED = "reconciliation:statement:received"
    STATEMENT_SOURCE_SET = "reconciliation:source:set"

    # casino.cashier
    CHARGEBACK_EVIDENCE = "cashier:chargeback:evidence_sent"
    CONVERSION_MARGIN_SET = "cashier:conversion_margin:set"
    DEPOSIT_BEGUN = "cashier:deposit:begun"
    DEPOSIT_MOVED = "cashier:deposit:moved"
    INSTRUMENT_ADDED = "cashier:instrument:added"
    INSTRUMENT_BLOCKED = "cashier:instrument:blocked"
    INSTRUMENT_REMOVED = "cashier:instrument:removed"
    INSTRUMENT_VERIFIED = "cashier:instrument:verified"
    REFUND_ASKED = "cashier:refund:asked"
    REFUND_FAILED = "cashier:refund:failed"
    REFUND_PAID = "cashier:refund:paid"

    # casino.withdrawals
    PAYOUT_MOVED = "withdrawals:payout:moved"
    PAYOUT_PAID_TWICE = "withdrawals:payout:paid_unexpectedly"
    WITHDRAWALS_EXPORTED = "withdrawals:list:exported"
    WITHDRAWAL_MOVED = "withdrawals:withdrawal:moved"
    WITHDRAWAL_REQUESTED = "withdrawals:withdrawal:requested"
    WITHDRAWAL_RULE_SET = "withdrawals:rule:set"

    # casino.transfers
    TRANSFER_ARRIVED = "transfers:visit:arrived"
    TRANSFER_ASKED = "transfers:visit:asked"
    TRANSFER_CLOSED = "transfers:visit:closed"
    TRANSFER_DISPUTED = "transfers:leg:disputed"
    TRANSFER_FAILED = "transfers:visit:failed"
    TRANSFER_OPENED = "transfers:visit:opened"
    TRANSFER_RECALLED = "transfers:visit:recalled"
    TRANSFER_UNKNOWN = "transfers:leg:unknown"

    # players
    BRAND_ADDED = "players:brand:added"
    BRAND_EDITED = "players:brand:edited"
    BRAND_GROUP_ADDED = "players:brandgroup:added"
    PLAYER_BLOCKED = "players:player:blocked"
    PLAYER_CLOSED = "players:player:closed"
    PLAYER_UNBLOCKED = "players:player:unblocked"

    # players.accounts
    CONSENT_SET = "players:consent:set"
    EMAIL_VERIFIED = "players:email:verified"
    ERASURE_HELD = "players:erasure:held"
    ERASURE_REQUESTED = "players:erasure:requested"
    ERASURE_STEPPED = "players:erasure:stepped"
    PLAYER_FACTOR_ADDED = "players:factor:added"
    PLAYER_FACTOR_REMOVED = "players:factor:removed"
    PLAYER_PASSWORD_CHANGED = "players:password:changed"  # noqa: S105 - a name
    PLAYER_REGISTERED = "players:player:registered"
    PLAYER_SESSION_ENDED = "players:session:ended"
    PLAYER_SESSION_STARTED = "players:session:started"
    PLAYER_SIGN_IN_LOCKED = "players:signin:locked"
    PLAYER_SIGN_IN_REFUSED = "players:signin:refused"
    REGISTRATION_REFUSED = "players:registration:refused"
    RESET_ASKED = "players:reset:asked"
    SUBJECT_EXPORTED = "players:subject:exported"
    TERMS_ACCEPTED = "players:terms:accepted"
    TERMS_PUBLISHED = "players:terms:published"

    # players.notes
    NOTE_ADDED = "players:note:added"
    NOTE_SUPERSEDED = "players:note:superseded"
    TAG_CHANGED = "players:tag:changed"
    TAG_DEFINED = "players:tag:defined"
    TAG_PUT = "players:tag:put"
    TAG_REMOVED = "players:tag:removed"

    # players.personal
    PERSONAL_DATA_CHANGED = "players:personal:changed"
    PERSONAL_DATA_ERASED = "players:personal:erased"
    PERSONAL_DATA_REVEALED = "players:personal:revealed"
    PERSONAL_DATA_SEARCHED = "players:personal:searched"

    # reporting.catalogue
    REPORT_OPENED = "catalogue:report:opened"

    # reporting.exports
    EXPORT_APPROVED = "exports:export:approved"
    EXPORT_CANCELLED = "exports:export:cancelled"
    EXPORT_DELIVERED = "exports:export:delivered"
    EXPORT_DOWNLOADED = "exports:export:downloaded"
    EXPORT_EXPIRED = "exports:export:expired"
    EXPORT_FAILED = "exports:export:failed"
    EXPORT_FINISHED = "exports:export:finished"
    EXPORT_REFUSED = "exports:export:refused"
    EXPORT_REQUESTED = "exports:export:requested"
    EXPORT_SCHEDULE_ENDED = "exports:schedule:ended"
    EXPORT_SCHEDULE_MADE = "exports:schedule:made"

    # compliance.staff
    ACCESS_REFUSED = "staff:access:refused"
    MATRIX_EXPORTED = "staff:matrix:exported"
    MEMBER_ADDED = "staff:member:added"
    MEMBER_CHANGED = "staff:member:changed"
    MEMBER_SWITCHED_OFF = "staff:member:switched_off"
    MEMBER_SWITCHED_ON = "staff:member:switched_on"
    ROLE_CHANGED = "staff:role:changed"
    ROLE_GRANTED = "staff:role:granted"
    ROLE_REVOKED = "staff:role:revoked"

    # casino: stops of play, evidence of rounds
    EVIDENCE_EXPORTED = "play:evidence:exported"
    GAME_SESSIONS_ENDED = "play:sessions:ended"
    PLAY_RESUMED = "games:play:resumed"
    PLAY_STOPPED = "games:play:stopped"
    STOP_REVIEWED = "games:stop:reviewed"

    # compliance.approvals
    APPROVAL_APPROVED = "compliance:approval:approved"
    APPROVAL_EXECUTED = "compliance:approval:executed"
    APPROVAL_EXPIRED = "compliance:approval:expired"
    APPROVAL_PROPOSED = "compliance:approval:proposed"
    APPROVAL_REFUSED = "compliance:approval:refused"
    APPROVAL_REJECTED = "compliance:approval:rejected"
    APPROVAL_RULE_SET = "compliance:approval:rule_set"
    APPROVAL_WITHDRAWN = "compliance:approval:withdrawn"

    # compliance.harm
    HARM_CASE_CLOSED = "compliance:harm_case:closed"
    HARM_CASE_OPENED = "compliance:harm_case:opened"
    HARM_CASE_RAISED = "compliance:harm_case:raised"
    HARM_INTERACTION_RECORDED = "compliance:interaction:recorded"
    HARM_REVIEW_ASKED = "compliance:harm_step:review_asked"
    HARM_STEP_LATE = "compliance:harm_step:late"
    HARM_STEP_REVIEWED = "compliance:harm_step:reviewed"
    HARM_STEP_TAKEN = "compliance:harm_step:taken"
    HARM_TIER_OVERRIDDEN = "compliance:harm_tier:overridden"

    # compliance.policy
    POLICY_EXPORTED = "compliance:policy:exported"
    POLICY_ROW_ADDED = "compliance:policy:row_added"

    # compliance.signin
    FACTOR_ADDED = "staff:factor:added"
    FACTOR_REFUSED = "staff:factor:refused"
    FACTOR_REMOVED = "staff:factor:removed"
    FACTOR_RESET = "staff:factor:reset"
    NETWORK_REFUSED = "staff:network:refused"
    PASSWORD_CHANGED = "staff:password:changed"  # noqa: S105 - a name
    INVITATION_MADE = "staff:invitation:made"
    INVITATION_USED = "staff:invitation:used"
    RECOVERY_CODES_ISSUED = "staff:recovery:issued"
    RECOVERY_CODE_USED = "staff:recovery:used"
    SESSION_ENDED = "staff:session:ended"
    SESSION_STARTED = "staff:session:started"
    SIGN_IN_LOCKED = "staff:signin:locked"
    SIGN_IN_REFUSED = "staff:signin:refused"
    STEP_UP_PASSED = "staff:stepup:passed"
