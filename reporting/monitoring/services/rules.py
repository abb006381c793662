"""When alerts fire, as dated rows: seeded once, changed by people with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.monitoring.catalogue import ALERTS
from reporting.monitoring.enums import Severity
from reporting.monitoring.errors import RuleUnchanged
from reporting.monitoring.models import AlertRule
from reporting.monitoring.selectors.rules import rule_in_force

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)


def rules_ensure() -> None:
    """Write the seeded alerts that have no row yet. Safe to run twice and side by side."""
    known = set(AlertRule.objects.values_list("code", flat=True).distinct())
    AlertRule.objects.bulk_create(
        [
            AlertRule(
                code=seed.code, title=seed.title, area=seed.area, measure=seed.measure, expression=seed.expression,
                threshold=seed.threshold, window_minutes=seed.window, severity=seed.severity, runbook=seed.runbook,
                screen=seed.screen, valid_from=BEGINNING, set_by="system:seed", reason="As the house is delivered.",
            )
            for seed in ALERTS
            if seed.code not in known
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def rule_set(
    *, code: str, threshold: Decimal, window_minutes: int, severity: Severity, enabled: bool, reason: str, actor: str,
    now: datetime,
) -> AlertRule:  # fmt: skip
    """Put another threshold, window or severity in force from now on. Raises RuleUnchanged."""
    before = rule_in_force(code, now)
    same = (before.threshold, before.window_minutes, before.severity, before.enabled)
    if same == (threshold, window_minutes, severity, enabled):
        raise RuleUnchanged
    rule = AlertRule.objects.create(
        code=code, title=before.title, area=before.area, measure=before.measure, expression=before.expression,
        threshold=threshold, window_minutes=window_minutes, severity=severity, runbook=before.runbook,
        screen=before.screen, enabled=enabled, valid_from=now, set_by=actor, reason=reason,
    )  # fmt: skip
    audit_record(
        name=EventName.ALERT_RULE_SET, actor=actor, now=now, subject=f"monitoring.alertrule:{rule.pk}", reason=reason,
        before=_told(before), after=_told(rule),
    )  # fmt: skip
    return rule


def _told(rule: AlertRule) -> dict[str, object]:
    return {
        "code": rule.code, "threshold": Decimal(rule.threshold), "window_minutes": rule.window_minutes,
        "severity": rule.severity, "enabled": rule.enabled,
    }  # fmt: skip
