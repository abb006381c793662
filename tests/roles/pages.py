"""Every page of the back office with the right that opens it, told here by hand and not asked of the code.

A page that is neither of a screen's usual six nor listed here fails the walk: whoever adds one says who may see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

ANYBODY: Final = "*anybody who works here"
NOBODY: Final = "*nobody"

# Screens with another right to add than Django's, or with one at all: everything else is added by nobody here.
ADD: Final = {
    "players_brand": "players.add_brand",
    "players_brandgroup": "players.add_brandgroup",
    "compliance_restriction": "compliance.place_restriction",
    "games_provider": "games.add_provider",
    "games_game": "games.add_game",
    "staff_staffuser": "staff.add_staffuser",
    "notes_tag": "notes.add_tag",
    "audit_threshold": "audit.set_threshold",
    "gate_flag": "gate.place_flag",
    "lobby_availability": "lobby.change_availability",
    "accounts_termsversion": "accounts.add_termsversion",
    "routing_paymentmethod": "routing.add_paymentmethod",
}
# Screens whose records somebody may edit on their page: every other is a book, or changed by its actions alone.
CHANGE: Final = {
    "players_brand": "players.change_brand",
    "games_provider": "games.change_provider",
    "games_game": "games.change_game",
    "staff_staffuser": "staff.change_staffuser",
    "notes_tag": "notes.change_tag",
    "lobby_availability": "lobby.change_availability",
    "routing_paymentmethod": "routing.change_paymentmethod",
}
RIGHTS: Final = {
    "index": ANYBODY,
    "search": ANYBODY,
    "jsi18n": ANYBODY,
    "catalogue:reports": ANYBODY,
    "catalogue:report": "catalogue.view_finance_reports",
    "catalogue:view-save": "catalogue.view_finance_reports",
    "catalogue:view-delete": ANYBODY,  # one's own alone
    "dashboards:games": "catalogue.view_games_reports",
    "dashboards:liability": "catalogue.view_finance_reports",
    "dashboards:payments": "catalogue.view_finance_reports",
    "dashboards:players": "catalogue.view_players_reports",
    "dashboards:providers": "catalogue.view_games_reports",
    "dashboards:revenue": "catalogue.view_finance_reports",
    "dashboards:safer": "catalogue.view_compliance_reports",
    "overview:keys": ANYBODY,
    "overview:filter-save": ANYBODY,
    "overview:filter-delete": ANYBODY,
    "overview:note-write": "notes.add_note",
    "overview:note-correct": "notes.add_note",
    "overview:tag-put": "notes.set_tag",
    "overview:tag-remove": "notes.set_tag",
    "overview:sessions-end": "players.block_player",
    "access_client_make_secret": "access.propose_client",
    "access_client_propose": "access.propose_client",
    "access_client_retire_secret": "access.propose_client",
    "access_client_revoke": "access.revoke_client",
    "audit_auditevent_export": "audit.export_audit",
    "approvals_approval_waiting": "approvals.view_approval",
    "approvals_approval_adjust": "wallet.propose_adjustment_credit",
    "approvals_approval_approve": "wallet.approve_adjustment",
    "approvals_approval_reject": "wallet.approve_adjustment",
    "approvals_approval_withdraw": NOBODY,  # the maker alone, who is somebody else here
    "approvals_approvalrule_propose_rule": "approvals.propose_rule",
    "compliance_restriction_lift": "compliance.lift_restriction",
    "accounts_erasure_hold": "accounts.hold_erasure",
    "accounts_playersession_end": "accounts.end_playersession",
    "exclusions_exclusion_exclude_player": "exclusions.place_exclusion",
    "exclusions_exclusion_exclude_person": "exclusions.place_exclusion",
    "exclusions_exclusion_revoked": "exclusions.handle_return",
    "exclusions_returnrequest_contact": "exclusions.handle_return",
    "exclusions_returnrequest_grant": "exclusions.handle_return",
    "exclusions_returnrequest_keep": "exclusions.handle_return",
    "register_registerlookup_ask_again": "register.ask_register",
    "games_game_resume_play": "games.resume_play",
    "games_game_stop_play": "games.stop_play",
    "games_provider_change_allow_list": "games.propose_key_change",
    "games_provider_issue_key": "games.propose_key_change",
    "games_provider_resume_play": "games.resume_play",
    "games_provider_stop_play": "games.stop_play",
    "games_providerkey_collect_secret": NOBODY,  # its receiver alone, who is somebody else here
    "games_providerkey_retire": "games.propose_key_change",
    "games_stop_all": "games.stop_all",
    "games_stop_resume": "games.resume_play",
    "games_stop_write_review": "games.review_stop",
    "reconciliation_statement_load": "reconciliation.load_statement",
    "reconciliation_statement_progress": "reconciliation.view_statement",
    "reconciliation_statement_scorecard": "reconciliation.view_statement",
    "reconciliation_break_ask": "reconciliation.resolve_break",
    "reconciliation_break_close": "reconciliation.resolve_break",
    "reconciliation_break_correct": "reconciliation.propose_correction",
    "reconciliation_break_explain": "reconciliation.resolve_break",
    "reconciliation_break_own": "reconciliation.resolve_break",
    "reconciliation_break_reopen": "reconciliation.resolve_break",
    "reconciliation_break_write_off": "reconciliation.write_off_break",
    "monitoring_alert_acknowledge": "monitoring.acknowledge_alert",
    "monitoring_alert_board": "monitoring.view_alert",
    "monitoring_alert_runbook": "monitoring.view_alert",
    "monitoring_alertrule_tune": "monitoring.set_alertrule",
    "monitoring_incident_lift": "monitoring.lift_incident",
    "settlements_settlementfile_load": "settlements.load_settlementfile",
    "settlements_settlementfile_clearing": "settlements.view_settlementfile",
    "settlements_break_explain": "settlements.resolve_break",
    "settlements_break_close": "settlements.resolve_break",
    "settlements_break_write_off": "settlements.propose_write_off",
    "settlements_break_reopen": "settlements.resolve_break",
    "routing_gatewayswitch_force": "routing.add_gatewayswitch",
    "routing_methodterms_propose": "routing.propose_methodterms",
    "routing_methodterms_propose_new": "routing.propose_methodterms",
    "routing_route_end": "routing.add_route",
    "routing_route_preview": "routing.view_route",
    "routing_route_set": "routing.add_route",
    "routing_route_set_anew": "routing.add_route",
    "kyc_document_accept": "kyc.decide_document",
    "kyc_document_open_file": "kyc.open_document",
    "kyc_document_reject": "kyc.decide_document",
    "kyc_kycstate_ask_level": "kyc.ask_verification",
    "kyc_kycstate_ask_person": "kyc.decide_verification",
    "kyc_kycstate_reject": "kyc.decide_verification",
    "kyc_kycstate_verify": "kyc.decide_verification",
    "gate_flag_lift": "gate.lift_flag",
    "cashier_chargeback_evidence_done": "cashier.send_chargeback_evidence",
    "cashier_conversionmargin_propose": "cashier.propose_conversionmargin",
    "cashier_deposit_ask": "cashier.ask_deposit",
    "cashier_deposit_expire": "cashier.expire_deposit",
    "cashier_deposit_refund": "cashier.propose_deposit_refund",
    "cashier_deposit_send_again": "cashier.propose_deposit_refund",
    "cashier_instrument_block": "cashier.block_instrument",
    "cashier_instrument_verify": "cashier.verify_instrument",
    "gateways_gateway_close_deposits": "gateways.switch_gateway",
    "gateways_gateway_close_payouts": "gateways.switch_gateway",
    "gateways_gateway_open_deposits": "gateways.switch_gateway",
    "gateways_gateway_open_payouts": "gateways.switch_gateway",
    "gateways_gateway_set_days": "gateways.switch_gateway",
    "gateways_gatewaymessage_work_again": "gateways.work_gatewaymessage",
    "limits_carecase_decide": "limits.decide_carecase",
    "limits_limit_loosen": "limits.propose_loosening",
    "limits_limit_set_limit": "limits.set_operator_limit",
    "personal_reveal_report": "personal.view_reveal_report",
    "play_round_evidence": "calls.export_evidence",
    "play_round_find": "play.view_round",
    "play_round_open": "play.view_round",
    "players_player_block": "players.block_player",
    "players_player_change_personal": "personal.change_personaldata",
    "players_player_close_account": "players.close_player",
    "players_player_credit": "wallet.propose_adjustment_credit",
    "players_player_debit": "wallet.propose_adjustment_debit",
    "players_player_export_subject": "players.export_subject_data",
    "players_player_find": "players.find_by_personal_data",
    "players_player_resume_play": "games.resume_play",
    "players_player_reveal_contact": "players.reveal_contact",
    "players_player_reveal_identity": "players.reveal_identity",
    "players_player_stop_play": "games.stop_player",
    "players_player_unblock": "players.block_player",
    "exports_export_request": "exports.request_export",
    "exports_export_progress": "exports.view_export",
    "exports_export_fetch": "exports.download_export",
    "exports_export_download": "exports.download_export",
    "exports_export_cancel": "exports.request_export",
    "exports_export_again": "exports.request_export",
    "exports_exportschedule_make": "exports.manage_exportschedule",
    "exports_exportschedule_end": "exports.manage_exportschedule",
    "definitions_definitionrow_propose": "definitions.propose_definition",
    "definitions_definitionrow_propose_fee": "definitions.propose_definition",
    "definitions_dutyrow_propose": "definitions.propose_definition",
    "definitions_feerow_propose": "definitions.propose_definition",
    "harm_case_close": "harm.close_case",
    "harm_case_interact": "harm.record_interaction",
    "harm_case_override": "harm.override_tier",
    "harm_step_review_step": "harm.review_step",
    "policy_policyrow_in_force": "policy.view_policyrow",
    "policy_policyrow_in_force_export": "policy.export_policy",
    "policy_policyrow_propose": "policy.propose_policyrow",
    "staff_role_holders_export": "staff.export_role_matrix",
    "staff_role_matrix": "staff.view_role_matrix",
    "staff_role_matrix_export": "staff.export_role_matrix",
    "staff_role_propose_change": "staff.propose_role_change",
    "staff_rolegrant_revoke": "staff.propose_role_grant",
    "staff_staffuser_invite": "staff.change_staffuser",
    "staff_staffuser_grant_role": "staff.propose_role_grant",
    "staff_staffuser_reset_factor": "staff.propose_factor_reset",
    "staff_staffuser_switch_off": "staff.change_staffuser",
    "staff_staffuser_switch_on": "staff.change_staffuser",
    "usersessions_usersession_end": "usersessions.delete_usersession",
    "transfers_transfervisit_ask_provider": "transfers.ask_provider",
    "transfers_transfervisit_bring_back": "transfers.bring_back",
    "transfers_transfervisit_money": "transfers.view_transfervisit",
    "withdrawals_rule_propose": "withdrawals.propose_rule",
    "withdrawals_withdrawal_approve": "withdrawals.approve_withdrawal",
    "withdrawals_withdrawal_documents_there": "withdrawals.kyc_hold_withdrawal",
    "withdrawals_withdrawal_export": "withdrawals.export_withdrawal",
    "withdrawals_withdrawal_freeze": "withdrawals.freeze_withdrawal",
    "withdrawals_withdrawal_give_back": "withdrawals.cancel_pay_pending_withdrawal",
    "withdrawals_withdrawal_hold_for_documents": "withdrawals.kyc_hold_withdrawal",
    "withdrawals_withdrawal_pay": "withdrawals.pay_withdrawal",
    "withdrawals_withdrawal_propose_approval": "withdrawals.approve_withdrawal",
    "withdrawals_withdrawal_put_back": "withdrawals.start_withdrawal",
    "withdrawals_withdrawal_reject": "withdrawals.cancel_withdrawal",
    "withdrawals_withdrawal_reject_approved": "withdrawals.cancel_approved_withdrawal",
    "withdrawals_withdrawal_start": "withdrawals.start_withdrawal",
    "withdrawals_withdrawal_unfreeze": "withdrawals.freeze_withdrawal",
    "wallet_recordedanswer_search": "wallet.view_recordedanswer",
    "wallet_transaction_reverse": "wallet.propose_reversal",
}
# Sign-in and sign-out (tests/signin), Django's redirects, and what answers by a model that the address names.
ELSEWHERE: Final = frozenset({
    "admin_entrance", "admin_logout", "login", "logout", "password_change", "password_change_done", "autocomplete",
    "view_on_site", "app_list",
})  # fmt: skip
HANDS: Final = {"wallet.propose_adjustment_credit", "wallet.approve_adjustment", "approvals.view_every_approval"}
# Pages of one export or schedule: the furnished ones are somebody else's, who alone stops and fetches them.
OWN_EXPORTS: Final = frozenset(
    f"exports_{name}"
    for name in (
        "export_change", "export_history", "export_progress", "export_download", "export_cancel", "export_again",
        "exportschedule_change", "exportschedule_history", "exportschedule_end",
    )
)  # fmt: skip
USUAL: Final = ("changelist", "add", "history", "delete", "change")


def page_names() -> Iterator[str]:
    """Names of all pages below /admin/, each once; those of the admin itself without its name space."""
    seen: set[str] = set()
    for name in _walk(get_resolver().url_patterns, "", ()):
        if name not in seen:
            seen.add(name)
            yield name


def _walk(patterns: list[Any], prefix: str, space: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path, (*space, pattern.namespace) if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name and path.startswith("admin/"):
            yield ":".join((*space, pattern.name)).removeprefix("admin:")


def right_of(name: str) -> str | None:
    """The right that opens a page; None for one that nobody told about, which fails a test of its own."""
    if name in RIGHTS:
        return RIGHTS[name]
    screen, _, page = name.rpartition("_")
    if page not in USUAL or screen not in screens():
        return None
    if page == "delete":
        return NOBODY
    if page == "add":
        return ADD.get(screen, NOBODY)
    label, _, model = screen.rpartition("_")
    return f"{label}.view_{model}"


def right_to_send(name: str, right: str) -> str:
    """The right that a form sent to a page needs: to edit a record is more than to look at it."""
    screen, _, page = name.rpartition("_")
    return CHANGE.get(screen, NOBODY) if page == "change" and screen in screens() else right


def opens(name: str, right: str, held: frozenset[str]) -> bool:
    """Whether somebody with these rights may open a page.

    A record's history belongs to the audit trail; an approval is seen by who has a hand in its kind.
    """
    page = name.rpartition("_")[2]
    if right in (ANYBODY, NOBODY):
        return right == ANYBODY
    if right not in held or (page == "history" and "audit.view_timeline" not in held):
        return False
    if name in OWN_EXPORTS:
        return "exports.view_every_export" in held and page not in {"download", "cancel", "again"}
    if name.startswith("approvals_approval_") and page in {"change", "history"}:
        return bool(held & HANDS)
    return True


def screens() -> set[str]:
    """Names of all registered screens: "wallet_account"."""
    return {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
