"""Which rules of alerts are in force."""

from __future__ import annotations

from datetime import datetime

from reporting.monitoring.enums import Area
from reporting.monitoring.models import AlertRule


def rules_in_force(now: datetime) -> list[AlertRule]:
    """The newest row of each code that is valid by now, by area and code; those switched off too."""
    newest = AlertRule.objects.filter(valid_from__lte=now).order_by("code", "-valid_from").distinct("code")
    return sorted(newest, key=lambda rule: (Area.values.index(rule.area), rule.code))


def rule_in_force(code: str, now: datetime) -> AlertRule:
    """The row of a code that is valid by now. Raises AlertRule.DoesNotExist."""
    return AlertRule.objects.filter(code=code, valid_from__lte=now).latest("valid_from")
