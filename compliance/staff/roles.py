"""The thirteen jobs of the house as plain data: what each may do, and with which it must not be joined.

`seed_roles` (run by migrate) writes them into the database, where operators may change them. A name that a model
declares is added here in one line, to the group that reads it and to the jobs that use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What a role looks at.
ACCOUNTS: Final = (
    "accounts.view_credential", "accounts.view_playersession", "accounts.view_device", "accounts.view_consent",
    "accounts.view_termsacceptance", "accounts.view_termsversion", "accounts.view_registration",
    "accounts.view_erasure", "accounts.view_letter",
)  # fmt: skip
PEOPLE: Final = (
    "players.view_player", "players.view_brand", "players.view_brandgroup", "compliance.view_restriction",
    "audit.view_timeline", *ACCOUNTS,
)  # fmt: skip
PLAY: Final = (
    "play.view_round", "play.view_leg", "play.view_gamesession", "games.view_game", "games.view_provider",
    "jackpots.view_jackpot", "lobby.view_availability", "transfers.view_transfervisit", "transfers.view_transferleg",
)  # fmt: skip
MONEY: Final = (
    "wallet.view_transaction", "wallet.view_account", "wallet.view_hold", "wallet.view_fxrate",
)  # fmt: skip
PROOF: Final = ("wallet.view_recordedanswer", "wallet.view_seal", "calls.view_providercall")
WITHDRAWALS: Final = ("withdrawals.view_withdrawal", "withdrawals.view_payout", "withdrawals.view_rule")
STAFF: Final = (
    "staff.view_staffuser", "staff.view_role", "staff.view_rolegrant", "staff.view_role_matrix",
    "usersessions.view_usersession",
)  # fmt: skip
AUDIT: Final = ("audit.view_auditevent", "audit.view_threshold")
KEYS: Final = ("games.view_providerkey", "audit.view_timeline")
STOPS: Final = ("games.view_stop", "games.view_stopreview")
APPROVALS: Final = ("approvals.view_approval", "approvals.view_approvalrule")
NOTES: Final = ("notes.view_note", "notes.view_tag")
POLICY: Final = ("policy.view_policyrow",)
# Words about health, near enough (GDPR-08): for those whose work it is.
HARM: Final = ("harm.view_case", "harm.view_step", "harm.view_interaction", "harm.view_assessment")
VERIFICATIONS: Final = ("kyc.view_kycstate", "kyc.view_document")
PROTECTION: Final = (
    "exclusions.view_exclusion", "exclusions.view_returnrequest", "register.view_registerlookup",
)  # fmt: skip
LIMITS: Final = (
    "limits.view_limit", "limits.view_limitchange", "limits.view_counter", "limits.view_carecase",
    "limits.view_depositreservation", "limits.view_countedwithdrawal", "limits.view_limitreview",
)  # fmt: skip
GATE: Final = (
    "gate.view_flag", "gate.view_realitycheck", "gate.view_playclock", "gate.view_realityinterval",
    "geo.view_locationcheck",
)  # fmt: skip
MONITORING: Final = (
    "monitoring.view_alert", "monitoring.view_alertrule", "monitoring.view_incident", "monitoring.view_houseproof",
    "monitoring.view_softwarecheck",
)  # fmt: skip
DEFINITIONS: Final = (
    "definitions.view_definitionrow", "definitions.view_dutyrow", "definitions.view_feerow", "facts.view_late",
)  # fmt: skip
SETTLEMENTS: Final = ("settlements.view_settlementfile", "settlements.view_break")
STATEMENTS: Final = (
    "reconciliation.view_statement", "reconciliation.view_break", "reconciliation.view_statementsource",
)  # fmt: skip
CASHIER: Final = (
    "cashier.view_deposit", "cashier.view_refund", "cashier.view_chargeback", "cashier.view_instrument",
)  # fmt: skip
GATEWAYS: Final = ("gateways.view_gateway", "gateways.view_gatewaymessage", "gateways.view_gatewaycall")
ROUTING: Final = (
    "routing.view_paymentmethod", "routing.view_methodterms", "routing.view_route", "routing.view_gatewayswitch",
)  # fmt: skip
# Reports as files: what one asked for, what one fetches. Whose data is in them, the reports' own rights say.
EXPORTS: Final = (
    "exports.view_export", "exports.request_export", "exports.download_export", "exports.view_exportschedule",
)  # fmt: skip
SCHEDULES: Final = (*EXPORTS, "exports.manage_exportschedule")
# The catalogue of reports, by family.
FINANCE_REPORTS: Final = ("catalogue.view_finance_reports", "catalogue.view_games_reports")
PLAYER_REPORTS: Final = ("catalogue.view_players_reports",)
ALL_REPORTS: Final = (
    *FINANCE_REPORTS, *PLAYER_REPORTS, "catalogue.view_compliance_reports", "catalogue.view_staff_reports",
)  # fmt: skip
REVEALS: Final = ("personal.view_personaldata", "personal.view_reveal", "personal.view_reveal_report")

# What changes something.
WRITE_NOTES: Final = ("notes.add_note", "notes.pin_note", "notes.set_tag")
REASONS: Final = (
    "wallet.adjust_for_goodwill", "wallet.adjust_for_correction", "wallet.adjust_for_chargeback",
    "wallet.adjust_for_prize", "wallet.adjust_for_migration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleSeed:
    """A job as it is seeded. `adjustment_max` is in the base currency; `conflicts` are codes of other jobs."""

    code: str
    name: str
    description: str
    permissions: tuple[str, ...]
    adjustment_max: int = 0
    conflicts: tuple[str, ...] = ()


ROLES: Final = (
    RoleSeed(
        "support", "Support", "Answers players; small goodwill credits that somebody else approves.",
        (
            *ROUTING,
            "kyc.view_kycstate",
            *GATE, *LIMITS,
            *PROTECTION, "exclusions.place_exclusion", "accounts.end_playersession",
            *POLICY,
            *PEOPLE, *PLAY, *MONEY, *NOTES, *WRITE_NOTES, "personal.view_personaldata",
            "players.reveal_contact", "players.find_by_personal_data", "approvals.view_approval",
            "wallet.propose_adjustment_credit", "wallet.adjust_for_goodwill", "withdrawals.view_withdrawal",
            "cashier.view_deposit",
        ),
        adjustment_max=50, conflicts=("finance",),
    ),
    RoleSeed(
        "payments", "Payments", "Works deposits and withdrawals up to approval; proposes corrections.",
        (
            "monitoring.view_alert",
            "catalogue.view_finance_reports", *SCHEDULES,
            *CASHIER, "cashier.view_conversionmargin", "cashier.ask_deposit", "cashier.expire_deposit",
            "cashier.propose_deposit_refund", "cashier.propose_conversionmargin", "cashier.send_chargeback_evidence",
            "settlements.propose_write_off",
            *GATEWAYS, "gateways.switch_gateway", "gateways.work_gatewaymessage",
            *ROUTING, "routing.add_paymentmethod", "routing.change_paymentmethod", "routing.propose_methodterms",
            "routing.add_route", "routing.add_gatewayswitch",
            *VERIFICATIONS,
            *GATE, *LIMITS,
            "exclusions.view_exclusion",
            *PEOPLE, *PLAY, *MONEY, *NOTES, *WRITE_NOTES, "wallet.view_recordedanswer", "personal.view_personaldata",
            "players.reveal_identity", "players.reveal_contact", "players.find_by_personal_data",
            "approvals.view_approval", "wallet.propose_adjustment_credit", "wallet.propose_adjustment_debit",
            *STATEMENTS, "reconciliation.load_statement", "reconciliation.resolve_break",
            "reconciliation.propose_correction",
            *SETTLEMENTS, "transfers.bring_back", "transfers.ask_provider",
            "wallet.adjust_for_correction", "wallet.adjust_for_chargeback", "wallet.propose_reversal",
            *WITHDRAWALS, "withdrawals.second_withdrawal", "withdrawals.propose_rule",
            "withdrawals.start_withdrawal", "withdrawals.kyc_hold_withdrawal", "withdrawals.approve_withdrawal",
            "withdrawals.cancel_withdrawal", "withdrawals.export_withdrawal",
        ),
        adjustment_max=2_000, conflicts=("finance",),
    ),
    RoleSeed(
        "risk", "Risk & fraud", "Looks into fraud; blocks players, freezes withdrawals, stops a player's play.",
        (
            *MONITORING, "monitoring.acknowledge_alert",
            *FINANCE_REPORTS, *PLAYER_REPORTS,
            *CASHIER, "cashier.block_instrument", "cashier.send_chargeback_evidence",
            *GATEWAYS,
            *ROUTING,
            *VERIFICATIONS, "kyc.ask_verification",
            "gate.place_flag", "gate.lift_flag", *GATE, *LIMITS,
            *PROTECTION, "register.ask_register", "accounts.end_playersession",
            *POLICY,
            *PEOPLE, *PLAY, *MONEY, *PROOF, *NOTES, *WRITE_NOTES, *STOPS, *AUDIT, "personal.view_personaldata",
            "players.reveal_identity", "players.reveal_contact", "players.find_by_personal_data",
            "players.block_player", "compliance.place_restriction", "compliance.lift_restriction", "games.stop_player",
            *WITHDRAWALS,
            "withdrawals.freeze_withdrawal", "calls.export_evidence", "approvals.view_approval",
        ),
    ),
    RoleSeed(
        "kyc", "KYC", "Verifies who players are.",
        (
            *VERIFICATIONS, "kyc.view_providerevent", "kyc.open_document", "kyc.decide_document",
            "kyc.decide_verification", "kyc.ask_verification",
            "cashier.view_instrument", "cashier.verify_instrument",
            *GATE, *LIMITS, "limits.decide_carecase",
            *PROTECTION, "register.ask_register",
            *PEOPLE, *NOTES, *WRITE_NOTES, "wallet.view_hold", "personal.view_personaldata",
            "personal.change_personaldata", "players.reveal_identity", "players.reveal_contact",
            "players.find_by_personal_data", "compliance.place_restriction", "compliance.lift_restriction",
            *WITHDRAWALS, "withdrawals.kyc_hold_withdrawal", "approvals.view_approval",
        ),
    ),
    RoleSeed(
        "responsible_gaming", "Responsible gaming", "Protects players: restrictions, interactions, closures.",
        (
            "catalogue.view_compliance_reports", *PLAYER_REPORTS,
            "kyc.view_kycstate",
            "gate.place_flag", "gate.lift_flag", *GATE,
            *LIMITS, "limits.set_operator_limit", "limits.propose_loosening", "limits.decide_carecase",
            *PROTECTION, "exclusions.place_exclusion", "exclusions.handle_return", "register.ask_register",
            "accounts.end_playersession",
            *POLICY, "policy.propose_policyrow", "policy.export_policy",
            *HARM, "harm.record_interaction", "harm.override_tier", "harm.review_step", "harm.close_case",
            *PEOPLE, *PLAY, *MONEY, *NOTES, *WRITE_NOTES, "personal.view_personaldata", "players.reveal_contact",
            "players.find_by_personal_data", "players.block_player", "players.close_player",
            "compliance.place_restriction", "compliance.lift_restriction", "games.view_stop", "games.stop_player",
            "compliance.approve_lift", "approvals.view_approval",
        ),
    ),
    RoleSeed(
        "compliance_officer", "Compliance officer", "Answers for the licence: approves, stops play, audits.",
        (
            *DEFINITIONS, "definitions.approve_definition",
            *MONITORING, "monitoring.acknowledge_alert", "monitoring.approve_incident_lift",
            *ALL_REPORTS, *SCHEDULES, "exports.approve_export", "exports.view_every_export",
            *CASHIER, "cashier.view_conversionmargin",
            *GATEWAYS, "gateways.switch_gateway",
            *ROUTING,
            *VERIFICATIONS, "kyc.view_providerevent", "kyc.open_document", "kyc.decide_verification",
            "kyc.ask_verification",
            "gate.place_flag", "gate.approve_flag_lift", *GATE,
            *LIMITS, "limits.set_operator_limit", "limits.approve_loosening", "limits.decide_carecase",
            *PROTECTION, "exclusions.place_exclusion", "exclusions.handle_return", "register.ask_register",
            *POLICY, "policy.propose_policyrow", "policy.approve_policyrow", "policy.export_policy",
            "accounts.end_playersession", "accounts.add_termsversion", "accounts.hold_erasure",
            *HARM, "harm.record_interaction", "harm.override_tier", "harm.review_step", "harm.close_case",
            *PEOPLE, *PLAY, *MONEY, *PROOF, *STAFF, *AUDIT, *KEYS, *STOPS, *APPROVALS, *NOTES, *WRITE_NOTES, *REVEALS,
            "notes.add_tag", "notes.change_tag", "audit.export_audit", "audit.set_threshold",
            "staff.export_role_matrix", "players.reveal_identity", "players.reveal_contact",
            "players.find_by_personal_data", "players.export_player", "players.export_subject_data",
            "players.block_player", "players.close_player", "compliance.place_restriction",
            "compliance.lift_restriction", "games.stop_play", "games.resume_play", "games.stop_player",
            "games.stop_all", "games.review_stop", "calls.export_evidence",
            "wallet.approve_adjustment", "wallet.approve_reversal",
            "staff.approve_role_grant", "staff.approve_role_change", "games.approve_key_change",
            *WITHDRAWALS,
            "approvals.approve_rule", "approvals.view_every_approval", "compliance.approve_lift",
            "staff.approve_factor_reset", "access.view_client", "access.approve_client", "access.revoke_client",
        ),
        conflicts=("administrator", "payments", "support"),
    ),
    RoleSeed(
        "mlro", "MLRO", "Reports money laundering; reads everything about a player, moves nothing.",
        (
            *PLAYER_REPORTS, "catalogue.view_compliance_reports", *SCHEDULES, "exports.approve_export",
            *CASHIER,
            *GATEWAYS,
            *VERIFICATIONS, "kyc.view_providerevent", "kyc.open_document", "kyc.ask_verification",
            "gate.place_flag", "gate.approve_flag_lift", *GATE, *LIMITS,
            *PROTECTION,
            *POLICY, "policy.approve_policyrow", "policy.export_policy",
            *PEOPLE, *PLAY, *MONEY, *PROOF, *AUDIT, *NOTES, *WRITE_NOTES, *REVEALS, "audit.export_audit",
            "players.reveal_identity", "players.reveal_contact", "players.find_by_personal_data",
            "players.block_player", "compliance.place_restriction", "compliance.lift_restriction",
            *WITHDRAWALS, "withdrawals.freeze_withdrawal", "wallet.export_transaction", "calls.export_evidence",
            "approvals.view_approval", "compliance.approve_lift",
        ),
    ),
    RoleSeed(
        "finance", "Finance", "Approves corrections and pays; reconciles. Proposes none of what it approves.",
        (
            *DEFINITIONS, "definitions.propose_definition",
            *MONITORING, "monitoring.acknowledge_alert", "monitoring.approve_incident_lift",
            *FINANCE_REPORTS, *PLAYER_REPORTS, *SCHEDULES,
            *CASHIER, "cashier.view_conversionmargin", "cashier.approve_deposit_refund",
            "cashier.approve_conversionmargin",
            *GATEWAYS,
            *ROUTING, "routing.approve_methodterms", "routing.add_gatewayswitch",
            *WITHDRAWALS, "withdrawals.second_withdrawal", "withdrawals.decide_rule",
            *STATEMENTS, "reconciliation.load_statement", "reconciliation.resolve_break",
            "reconciliation.write_off_break", "reconciliation.approve_correction",
            *SETTLEMENTS, "settlements.load_settlementfile", "settlements.resolve_break",
            "settlements.approve_write_off",
            *PEOPLE, *PLAY, *MONEY, *PROOF, *APPROVALS, "wallet.export_transaction", "withdrawals.export_withdrawal",
            "wallet.approve_adjustment", "wallet.approve_reversal", "withdrawals.pay_withdrawal",
            "withdrawals.cancel_approved_withdrawal", "withdrawals.cancel_pay_pending_withdrawal",
        ),
        conflicts=("payments", "support", "administrator"),
    ),
    RoleSeed(
        "games", "Games", "Runs providers, games and jackpots; proposes new keys; stops play.",
        (
            *MONITORING, "monitoring.acknowledge_alert", "monitoring.lift_incident",
            "catalogue.view_games_reports", *SCHEDULES,
            "lobby.change_availability",
            *PLAY, *PROOF, *KEYS, *STOPS, "players.view_brand", "players.view_player", "games.add_provider",
            "games.change_provider", "games.add_game", "games.change_game", "games.propose_key_change",
            "games.stop_all", "games.stop_play", "games.resume_play", "games.review_stop", "calls.export_evidence",
            "approvals.view_approval", "transfers.bring_back", "transfers.ask_provider",
        ),
    ),
    RoleSeed(
        "affiliates", "Affiliates", "Works with partners; sees no player's page.",
        ("players.view_brand", "games.view_game"),
    ),
    RoleSeed(
        "marketing", "Marketing", "Plans campaigns from figures; proposes prizes; sees no personal data.",
        (
            "players.view_brand", "players.view_player", "games.view_game", "games.view_provider",
            "jackpots.view_jackpot", "wallet.propose_adjustment_credit", "wallet.adjust_for_prize",
            "approvals.view_approval",
        ),
        adjustment_max=100, conflicts=("finance",),
    ),
    RoleSeed(
        "auditor", "Auditor", "Sees all, changes nothing.",
        (
            *DEFINITIONS,
            *MONITORING,
            *ALL_REPORTS, *EXPORTS, "exports.view_every_export",
            *STATEMENTS,
            *SETTLEMENTS,
            *CASHIER, "cashier.view_conversionmargin",
            *GATEWAYS,
            *ROUTING,
            *VERIFICATIONS, "kyc.view_providerevent",
            *GATE, *LIMITS,
            *PROTECTION,
            *POLICY, *HARM, "policy.export_policy",
            *PEOPLE, *PLAY, *MONEY, *PROOF, *STAFF, *AUDIT, *KEYS, *STOPS, *APPROVALS, *NOTES, *REVEALS,
            "audit.export_audit", "staff.export_role_matrix", "wallet.export_transaction", "calls.export_evidence",
            "approvals.view_every_approval", *WITHDRAWALS, "access.view_client",
        ),
    ),
    RoleSeed(
        "administrator", "Administrator", "Manages people and roles, brands and provider keys; moves no money.",
        (
            *MONITORING, "monitoring.acknowledge_alert", "monitoring.set_alertrule", "monitoring.lift_incident",
            *STAFF, *AUDIT, *KEYS, *APPROVALS, "players.view_brand", "players.add_brand", "players.change_brand",
            "players.view_brandgroup", "players.add_brandgroup",
            "games.view_provider", "games.view_game", "staff.add_staffuser", "staff.change_staffuser",
            "usersessions.delete_usersession",
            "staff.export_role_matrix", "staff.propose_role_grant", "staff.approve_role_grant",
            "staff.propose_role_change", "staff.approve_role_change", "games.propose_key_change",
            "games.approve_key_change", "wallet.view_seal", "approvals.propose_rule",
            "staff.propose_factor_reset", "staff.approve_factor_reset", "access.view_client",
            "access.propose_client", "access.approve_client", "access.revoke_client",
        ),
        conflicts=("finance", "payments", "compliance_officer"),
    ),
)  # fmt: skip
