"""What Celery's beat starts by itself, and when (UTC). Each task may run twice without harm."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    # The ECB publishes at about 16:00 CET: 15:15 UTC is 16:15 CET, and 17:15 in summer.
    "load-fx-rates": {
        "task": "wallet.tasks.load_fx_rates",
        "schedule": crontab(hour=15, minute=15, day_of_week="mon-fri"),
    },
    "seal-ledger": {
        "task": "wallet.tasks.seal_ledger",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "expire-sessions": {"task": "casino.play.tasks.expire_sessions", "schedule": timedelta(minutes=1)},
    "resolve-transfers": {"task": "casino.transfers.tasks.resolve_transfers", "schedule": timedelta(seconds=5)},
    "sweep-transfers": {"task": "casino.transfers.tasks.sweep_transfers", "schedule": timedelta(seconds=10)},
    "end-due-stops": {"task": "casino.games.tasks.end_due_stops", "schedule": timedelta(seconds=20)},
    "switch-off-idle-staff": {
        "task": "compliance.signin.tasks.switch_off_idle_staff",
        "schedule": crontab(hour=4, minute=10),
    },
    "clear-staff-sessions": {
        "task": "compliance.signin.tasks.clear_staff_sessions",
        "schedule": crontab(minute=25),
    },
    "send-letters": {"task": "players.accounts.tasks.send_letters", "schedule": timedelta(seconds=5)},
    "step-erasures": {"task": "players.accounts.tasks.step_erasures", "schedule": crontab(minute=50)},
    "clear-tokens": {"task": "players.accounts.tasks.clear_tokens", "schedule": crontab(hour=3, minute=20)},
    "clear-api-tokens": {"task": "reporting.access.tasks.clear_api_tokens", "schedule": crontab(minute=40)},
    "expire-approvals": {"task": "compliance.approvals.tasks.expire_approvals", "schedule": timedelta(minutes=1)},
    "mature-limit-changes": {
        "task": "compliance.limits.tasks.mature_limit_changes",
        "schedule": timedelta(minutes=1),
    },
    "remind-of-limits": {"task": "compliance.limits.tasks.remind_of_limits", "schedule": crontab(hour=9, minute=20)},
    "refresh-registers": {
        "task": "casino.entrance.tasks.refresh_registers",
        "schedule": timedelta(minutes=30),
        "options": {"expires": 1800},
    },
    "forget-marks": {"task": "compliance.exclusions.tasks.forget_marks", "schedule": crontab(hour=3, minute=50)},
    "work-provider-events": {"task": "compliance.kyc.tasks.work_provider_events", "schedule": timedelta(seconds=5)},
    "scan-documents": {"task": "compliance.kyc.tasks.scan_documents", "schedule": timedelta(seconds=15)},
    "work-gateway-messages": {
        "task": "casino.gateways.tasks.work_messages",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "ask-unknown-payments": {
        "task": "casino.gateways.tasks.ask_unknown",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "age-gateway-messages": {"task": "casino.gateways.tasks.age_messages", "schedule": crontab(hour=3, minute=30)},
    "send-refunds": {"task": "casino.cashier.tasks.send_refunds", "schedule": timedelta(seconds=15)},
    "expire-deposits": {"task": "casino.cashier.tasks.expire_deposits", "schedule": timedelta(minutes=1)},
    "watch-kyc-money": {"task": "compliance.kyc.tasks.watch_money", "schedule": timedelta(minutes=1)},
    "expire-documents": {"task": "compliance.kyc.tasks.expire_documents", "schedule": crontab(hour=5, minute=5)},
    "watch-behaviour": {
        "task": "compliance.harm.tasks.watch_behaviour",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "count-effects": {"task": "compliance.harm.tasks.count_effects", "schedule": crontab(minute=35)},
    "watch-significant": {"task": "compliance.tasks.watch_significant", "schedule": timedelta(minutes=1)},
    # The whole house, books and trail and seals and facts, with a signed result.
    "prove-house": {"task": "reporting.monitoring.tasks.prove_house", "schedule": crontab(hour=4, minute=30)},
    "check-software": {"task": "reporting.monitoring.tasks.check_software", "schedule": crontab(hour=4, minute=5)},
    "evaluate-alerts": {
        "task": "reporting.monitoring.tasks.evaluate_alerts",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "fetch-statements": {"task": "casino.reconciliation.tasks.fetch_statements", "schedule": crontab(hour=4, minute=0)},
    "read-statements": {
        "task": "casino.reconciliation.tasks.read_statements",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "fetch-settlements": {
        "task": "casino.settlements.tasks.fetch_settlements",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    "count-hours": {
        "task": "reporting.overview.tasks.count_hours",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "read-facts": {
        "task": "reporting.facts.tasks.read_ledger",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "call-log-ship": {"task": "casino.calls.tasks.call_log_ship", "schedule": timedelta(minutes=1)},
    "call-log-purge": {"task": "casino.calls.tasks.call_log_purge", "schedule": crontab(hour=3, minute=40)},
    "pay-withdrawals": {"task": "casino.withdrawals.tasks.pay_withdrawals", "schedule": timedelta(seconds=5)},
    "look-after-withdrawals": {
        "task": "casino.withdrawals.tasks.look_after_withdrawals",
        "schedule": timedelta(seconds=30),
    },
    "start-exports": {
        "task": "reporting.exports.tasks.start_exports",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "look-after-exports": {
        "task": "reporting.exports.tasks.look_after_exports",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    "run-export-schedules": {
        "task": "reporting.exports.tasks.run_schedules",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
}
