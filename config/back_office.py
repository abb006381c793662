"""How the back office looks and is ordered: unfold's settings, and the links of the side bar by job."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.templatetags.static import static


class Link(NamedTuple):
    """A link of the side bar: title, icon, name of the admin address, and the permission that opens the page.

    A list's page (…_changelist) opens with its screen's own permission; a name with ":" is a full one.
    """

    title: str
    icon: str
    name: str
    permission: str = ""


JOBS: tuple[tuple[str, tuple[Link, ...]], ...] = (
    ("", (Link("Dashboard", "monitoring", "index"), Link("Reports", "summarize", "catalogue:reports"))),
    (
        "Dashboards",
        (
            Link("GGR & NGR", "trending_up", "dashboards:revenue", "catalogue.view_finance_reports"),
            Link("By provider", "bar_chart", "dashboards:providers", "catalogue.view_games_reports"),
            Link("Return of games", "query_stats", "dashboards:games", "catalogue.view_games_reports"),
            Link("Payment funnel", "filter_alt", "dashboards:payments", "catalogue.view_finance_reports"),
            Link("Who plays", "groups", "dashboards:players", "catalogue.view_players_reports"),
            Link("Safer gambling", "health_and_safety", "dashboards:safer", "catalogue.view_compliance_reports"),
            Link("Liability", "account_balance", "dashboards:liability", "catalogue.view_finance_reports"),
        ),
    ),
    (
        "Players",
        (
            Link("Players", "person", "players_player_changelist"),
            Link("Find by personal data", "person_search", "players_player_find", "players.find_by_personal_data"),
            Link("Tags", "sell", "notes_tag_changelist"),
            Link("Registrations", "how_to_reg", "accounts_registration_changelist"),
            Link("Signed-in players", "devices_other", "accounts_playersession_changelist"),
            Link("Locations", "location_on", "geo_locationcheck_changelist"),
            Link("Erasures", "person_remove", "accounts_erasure_changelist"),
            Link("Terms", "contract", "accounts_termsversion_changelist"),
            Link("Brands", "storefront", "players_brand_changelist"),
            Link("Groups of brands", "account_tree", "players_brandgroup_changelist"),
        ),
    ),
    (
        "Identity",
        (
            Link("Verifications", "badge", "kyc_kycstate_changelist"),
            Link("Documents", "id_card", "kyc_document_changelist"),
            Link("Providers' messages", "mark_email_read", "kyc_providerevent_changelist"),
        ),
    ),
    (
        "Safer play",
        (
            Link("Players at risk", "health_and_safety", "harm_case_changelist"),
            Link("Automatic steps", "bolt", "harm_step_changelist"),
            Link("Interactions", "forum", "harm_interaction_changelist"),
            Link("Breaks & exclusions", "do_not_disturb_on", "exclusions_exclusion_changelist"),
            Link("Requests to return", "undo", "exclusions_returnrequest_changelist"),
            Link("Register lookups", "travel_explore", "register_registerlookup_changelist"),
            Link("Limits", "speed", "limits_limit_changelist"),
            Link("Requests for looser limits", "hourglass_top", "limits_limitchange_changelist"),
            Link("Affordability & contacts", "fact_check", "limits_carecase_changelist"),
            Link("Reviews of limits", "event_repeat", "limits_limitreview_changelist"),
            Link("Deposits under caps", "savings", "limits_depositreservation_changelist"),
            Link("Withdrawals counted", "payments", "limits_countedwithdrawal_changelist"),
            Link("Counters of limits", "avg_pace", "limits_counter_changelist"),
            Link("Restrictions", "front_hand", "compliance_restriction_changelist"),
            Link("Blocks & flags", "flag", "gate_flag_changelist"),
            Link("Reality checks", "alarm", "gate_realitycheck_changelist"),
            Link("Chosen intervals", "alarm_add", "gate_realityinterval_changelist"),
            Link("Play clocks", "timer", "gate_playclock_changelist"),
        ),
    ),
    (
        "Money",
        (
            Link("Approvals", "rule", "approvals_approval_changelist"),
            Link("Rules of approval", "gavel", "approvals_approvalrule_changelist"),
            Link("Transactions", "receipt_long", "wallet_transaction_changelist"),
            Link("Accounts", "account_balance_wallet", "wallet_account_changelist"),
            Link("Holds", "lock_clock", "wallet_hold_changelist"),
            Link("FX rates", "currency_exchange", "wallet_fxrate_changelist"),
        ),
    ),
    (
        "Payments",
        (
            Link("Withdrawals", "outbox", "withdrawals_withdrawal_changelist"),
            Link("Payments of withdrawals", "send_money", "withdrawals_payout_changelist"),
            Link("Rules of withdrawals", "tune", "withdrawals_rule_changelist"),
            Link("Deposits", "south_west", "cashier_deposit_changelist"),
            Link("Refunds", "undo", "cashier_refund_changelist"),
            Link("Chargebacks", "gavel", "cashier_chargeback_changelist"),
            Link("Means of payment", "credit_card", "cashier_instrument_changelist"),
            Link("Margins of conversion", "percent", "cashier_conversionmargin_changelist"),
            Link("Payment methods", "wallet", "routing_paymentmethod_changelist"),
            Link("Terms of methods", "sell", "routing_methodterms_changelist"),
            Link("Routes", "alt_route", "routing_route_changelist"),
            Link("Which way a payment goes", "conversion_path", "routing_route_preview", "routing.view_route"),
            Link("Circuit breakers", "electric_bolt", "routing_gatewayswitch_changelist"),
            Link("Gateways", "dns", "gateways_gateway_changelist"),
            Link("Gateways' messages", "mark_email_unread", "gateways_gatewaymessage_changelist"),
            Link("Calls to gateways", "call_made", "gateways_gatewaycall_changelist"),
            Link("Statements of providers", "receipt_long", "reconciliation_statement_changelist"),
            Link("Breaks with providers", "difference", "reconciliation_break_changelist"),
            Link(
                "Scorecard of providers",
                "scoreboard",
                "reconciliation_statement_scorecard",
                "reconciliation.view_statement",
            ),
            Link("Sources of statements", "cloud_download", "reconciliation_statementsource_changelist"),
            Link("Settlement files", "inventory", "settlements_settlementfile_changelist"),
            Link("Breaks of settlements", "rule_settings", "settlements_break_changelist"),
            Link(
                "What gateways owe us",
                "balance",
                "settlements_settlementfile_clearing",
                "settlements.view_settlementfile",
            ),
        ),
    ),
    (
        "Play",
        (
            Link("Rounds", "casino", "play_round_changelist"),
            Link("Investigate a round", "frame_inspect", "play_round_find", "play.view_round"),
            Link("Open rounds by age", "hourglass_bottom", "play_round_open", "play.view_round"),
            Link("Booked calls", "swap_vert", "play_leg_changelist"),
            Link("Game sessions", "sports_esports", "play_gamesession_changelist"),
            Link("Jackpots", "emoji_events", "jackpots_jackpot_changelist"),
            Link("Money at providers", "move_down", "transfers_transfervisit_money", "transfers.view_transfervisit"),
            Link("Stays at providers", "luggage", "transfers_transfervisit_changelist"),
            Link("Transfers", "sync_alt", "transfers_transferleg_changelist"),
        ),
    ),
    (
        "Providers & games",
        (
            Link("Providers", "hub", "games_provider_changelist"),
            Link("Keys", "key", "games_providerkey_changelist"),
            Link("Games", "stadia_controller", "games_game_changelist"),
            Link("Where games are offered", "devices", "lobby_availability_changelist"),
            Link("Stops", "dangerous", "games_stop_changelist"),
        ),
    ),
    (
        "Watch",
        (
            Link("Health board", "monitor_heart", "monitoring_alert_board", "monitoring.view_alert"),
            Link("Alerts", "notifications", "monitoring_alert_changelist"),
            Link("Freezes", "ac_unit", "monitoring_incident_changelist"),
            Link("Rules of alerts", "tune", "monitoring_alertrule_changelist"),
            Link("Daily verifications", "verified_user", "monitoring_houseproof_changelist"),
            Link("Software checks", "memory", "monitoring_softwarecheck_changelist"),
        ),
    ),
    (
        "Proof",
        (
            Link("What figures mean", "function", "definitions_definitionrow_changelist"),
            Link("Duties", "percent", "definitions_dutyrow_changelist"),
            Link("Provider fees", "handshake", "definitions_feerow_changelist"),
            Link("Exports", "file_export", "exports_export_changelist"),
            Link("Schedules of exports", "event_repeat", "exports_exportschedule_changelist"),
            Link("Audit trail", "history", "audit_auditevent_changelist"),
            Link("Thresholds", "tune", "audit_threshold_changelist"),
            Link("Jurisdiction policy", "gavel", "policy_policyrow_changelist"),
            Link("Recorded answers", "fact_check", "wallet_recordedanswer_search", "wallet.view_recordedanswer"),
            Link("Seals", "verified", "wallet_seal_changelist"),
            Link("Request log", "dns", "calls_providercall_changelist"),
        ),
    ),
    (
        "Staff",
        (
            Link("Staff members", "badge", "staff_staffuser_changelist"),
            Link("Roles", "shield_person", "staff_role_changelist"),
            Link("Role matrix", "table_chart", "staff_role_matrix", "staff.view_role_matrix"),
            Link("Role grants", "assignment_ind", "staff_rolegrant_changelist"),
            Link("Signed in now", "devices", "usersessions_usersession_changelist"),
            Link("API clients", "api", "access_client_changelist"),
            Link("Revealed personal data", "visibility", "personal_reveal_changelist"),
        ),
    ),
)


def _icon_file(_request: HttpRequest) -> str:
    return static("common/favicon.svg")


def _style_sheet(_request: HttpRequest) -> str:
    return static("common/backoffice.css")


def _own_style_sheet(_request: HttpRequest) -> str:
    return static("overview/overview.css")


def _keys(_request: HttpRequest) -> str:
    return static("overview/keys.js")


def _layers(_request: HttpRequest) -> str:
    return static("overview/layers.js")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Back office",
    "SITE_HEADER": "Casino back office",
    "SITE_SUBHEADER": "All times are UTC",
    "SITE_SYMBOL": "casino",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _icon_file}],
    "SITE_URL": None,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [_style_sheet, _own_style_sheet],
    "SCRIPTS": [_keys, _layers],
    "DASHBOARD_CALLBACK": "reporting.overview.admin.dashboard.dashboard_context",
    "COLORS": {
        "primary": {
            "50": "oklch(97.1% .014 243)",
            "100": "oklch(93.6% .032 243)",
            "200": "oklch(88.5% .062 243)",
            "300": "oklch(80.8% .105 243)",
            "400": "oklch(74.6% .14 243)",
            "500": "oklch(62.3% .16 246)",
            "600": "oklch(51% .15 248)",
            "700": "oklch(44% .13 250)",
            "800": "oklch(38% .11 252)",
            "900": "oklch(33% .09 254)",
            "950": "oklch(25% .07 256)",
        }
    },
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "reporting.overview.admin.navigation.navigation",
    },
}
