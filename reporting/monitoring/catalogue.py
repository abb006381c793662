"""The alerts that a new house begins with. `rules_ensure` writes what is missing as dated rows; people change those.

`screen` is the admin page that shows what is meant; {scope} stands for the alert's provider, gateway, ….
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reporting.monitoring.enums import Area, Expression, Severity


@dataclass(frozen=True, slots=True)
class AlertSeed:
    """One alert as it is seeded; `window` in minutes. The runbook has the alert's code unless another is named."""

    code: str
    title: str
    area: Area
    measure: str
    threshold: Decimal
    window: int
    severity: Severity
    screen: str
    expression: Expression = Expression.ABOVE
    shared_runbook: str = ""

    @property
    def runbook(self) -> str:
        """The page of docs/runbooks, without its ending."""
        return self.shared_runbook or self.code.replace("_", "-")


def _seed(
    code: str, title: str, area: Area, measure: str, threshold: str, window: int, severity: Severity, screen: str,
    expression: Expression = Expression.ABOVE, runbook: str = "",
) -> AlertSeed:  # fmt: skip
    return AlertSeed(code, title, area, measure, Decimal(threshold), window, severity, screen, expression, runbook)


A, S, X = Area, Severity, Expression
CALLS: Final = "calls_providercall_changelist"
ACCOUNTS: Final = "wallet_account_changelist"
MESSAGES: Final = "gateways_gatewaymessage_changelist"

ALERTS: Final = (
    _seed("calls_failing", "A provider's calls fail", A.CALLS, "wallet_failed_share", "1", 5, S.P1, CALLS),
    _seed("calls_slow", "A provider's calls are slow", A.CALLS, "wallet_latency_p99", "500", 5, S.P1, CALLS),
    _seed("calls_repeated", "A provider repeats its calls", A.CALLS, "wallet_replayed_share", "5", 5, S.P2, CALLS),
    _seed("rollbacks_many", "A provider takes many bets back", A.CALLS, "wallet_rollback_share", "2", 10, S.P2, CALLS),
    _seed(
        "signatures_failing", "Calls that are not admitted", A.CALLS, "wallet_unsigned_per_minute", "10", 2, S.P2, CALLS
    ),
    _seed(
        "bets_missing", "Far fewer bets than a week ago", A.CALLS, "bets_of_last_week", "50", 10,
        S.P1, CALLS, X.BELOW,
    ),
    _seed("balance_differs", "A balance is not its entries", A.MONEY, "balances_unequal", "0", 1, S.P1, ACCOUNTS),
    _seed("balance_negative", "A player's balance is below zero", A.MONEY, "balances_negative", "0", 1, S.P1, ACCOUNTS),
    _seed(
        "holds_uncovered", "Money set aside is not there", A.MONEY, "holds_uncovered", "0", 1, S.P1,
        "wallet_hold_changelist",
    ),
    _seed(
        "frozen", "Somebody or something is frozen", A.MONEY, "incidents_open", "0", 1, S.P2,
        "monitoring_incident_changelist?state__exact=open",
    ),
    _seed("fx_old", "Exchange rates are old", A.MONEY, "fx_age_hours", "96", 5, S.P2, "wallet_fxrate_changelist"),
    _seed(
        "rounds_open_growing", "More and more rounds stay open", A.PLAY, "rounds_open_hour", "20", 3, S.P2,
        "play_round_open", X.GROWTH, "rounds-open",
    ),
    _seed(
        "rounds_open_day", "Rounds are open for over a day", A.PLAY, "rounds_open_day", "0", 5, S.P2, "play_round_open",
        runbook="rounds-open",
    ),
    _seed(
        "rtp_warning", "A game pays out unusually", A.PLAY, "rtp_drift", "3", 1, S.P3, "games_game_changelist", X.DRIFT,
        "rtp-drift",
    ),
    _seed(
        "rtp_alert", "A game pays out wrongly", A.PLAY, "rtp_drift", "4", 1, S.P2, "games_game_changelist", X.DRIFT,
        "rtp-drift",
    ),
    _seed(
        "settlement_breaks", "Settlements and books differ", A.PAYMENTS, "settlement_breaks", "0", 60, S.P2,
        "settlements_break_changelist?state__exact=open",
    ),
    _seed("messages_late", "Gateways' messages wait", A.PAYMENTS, "gateway_messages_age", "5", 2, S.P1, MESSAGES),
    _seed(
        "messages_stuck", "Gateways' messages need a person", A.PAYMENTS, "gateway_messages_stuck", "0", 5,
        S.P2, MESSAGES,
    ),
    _seed(
        "messages_forged", "Messages with a false signature", A.PAYMENTS, "gateway_messages_forged", "10", 1,
        S.P2, MESSAGES,
    ),
    _seed(
        "withdrawals_waiting", "A withdrawal waits for people", A.PEOPLE, "withdrawals_age_hours", "24", 5, S.P2,
        "withdrawals_withdrawal_changelist",
    ),
    _seed(
        "approvals_waiting", "A proposal waits for a second person", A.PEOPLE, "approvals_age_hours", "12", 5, S.P3,
        "approvals_approval_changelist",
    ),
    _seed(
        "kyc_waiting", "A verification waits for a colleague", A.PEOPLE, "kyc_age_hours", "24", 5, S.P2,
        "kyc_kycstate_changelist?status__exact=review",
    ),
    _seed(
        "verification_broken", "The house's verification found a break", A.PROOF, "verification_broken", "0", 1, S.P1,
        "monitoring_houseproof_changelist",
    ),
    _seed(
        "verification_old", "The house was not verified", A.PROOF, "verification_age_hours", "26", 5, S.P2,
        "monitoring_houseproof_changelist",
    ),
    _seed(
        "seal_old", "Bookings are not being sealed", A.PROOF, "seal_age_minutes", "10", 2,
        S.P2, "wallet_seal_changelist",
    ),
    _seed(
        "software_changed", "Installed software is not as delivered", A.PROOF, "software_changed", "0", 1, S.P1,
        "monitoring_softwarecheck_changelist",
    ),
    _seed(
        "tasks_late", "Tasks wait for a worker", A.PLATFORM, "celery_age_seconds", "60", 2,
        S.P1, "monitoring_alert_board",
    ),
    _seed(
        "schedule_silent", "The schedule starts nothing", A.PLATFORM, "beat_age_seconds", "120", 1, S.P1,
        "monitoring_alert_board",
    ),
    _seed(
        "outbox_late", "Announced facts are not read", A.PLATFORM, "outbox_lag", "10", 2, S.P2, "monitoring_alert_board"
    ),
    _seed(
        "facts_late", "Reports lag behind the ledger", A.PLATFORM, "facts_lag_minutes", "30", 5,
        S.P2, "monitoring_alert_board",
    ),
    _seed(
        "exports_failed", "An export failed", A.PLATFORM, "exports_failed", "0", 1,
        S.P3, "exports_export_changelist",
    ),
    _seed(
        "measures_failing", "A measure can not be taken", A.PLATFORM, "measures_failed", "0", 2,
        S.P2, "monitoring_alert_board",
    ),
    _seed(
        "database_full", "The database's connections run out", A.PLATFORM, "database_connections", "80", 5, S.P1,
        "monitoring_alert_board",
    ),
)  # fmt: skip
