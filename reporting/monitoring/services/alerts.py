"""Alerts from samples: fire, go on, resolve; acknowledged by people with a reason. Never two of one rule and scope."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.monitoring.enums import LIVE, AlertState, Expression
from reporting.monitoring.errors import AlertAcknowledgedAlready, AlertOver
from reporting.monitoring.models import Alert, AlertRule, Sample
from reporting.monitoring.services.sampling import Reading


@transaction.atomic
def alerts_evaluate(*, rules: list[AlertRule], reading: Reading, failed: list[str], now: datetime) -> list[Alert]:
    """Judge every rule in force; returns the alerts that began to fire. A measure that failed changes nothing.

    A rule fires once its measure was out of bounds in every minute of its window that was measured, at least two
    thirds of them; it resolves with the first value within bounds, or when its scope is no longer measured.
    """
    live = {(row.code, row.scope): row for row in Alert.objects.select_for_update().filter(state__in=LIVE)}
    earlier = _earlier(rules, now)
    begun: list[Alert] = []
    for rule in rules:
        if rule.measure in failed:
            continue
        values = {scope: value for (code, scope), value in reading.items() if code == rule.measure}
        for scope, value in values.items() if rule.enabled else ():
            before = [old for minute, old in earlier[rule.measure, scope] if minute > _start(rule, now)]
            alert = live.pop((rule.code, scope), None)
            if alert is not None:
                if _out(rule, value, before):
                    _goes_on(alert, value, now)
                    continue
                live[rule.code, scope] = alert
            elif _fires(rule, value, before):
                begun.append(_begin(rule, scope, value, now))
        for key in [key for key in live if key[0] == rule.code]:
            _resolve(live.pop(key), values.get(key[1]), now)
    return begun


def _start(rule: AlertRule, now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) - timedelta(minutes=rule.window_minutes)


def _earlier(rules: list[AlertRule], now: datetime) -> dict[tuple[str, str], list[tuple[datetime, Decimal]]]:
    """Samples of the widest window before this minute, oldest first."""
    widest = max((rule.window_minutes for rule in rules), default=1)
    minute = now.replace(second=0, microsecond=0)
    rows = Sample.objects.filter(minute__gt=minute - timedelta(minutes=widest), minute__lt=minute).order_by("minute")
    found: dict[tuple[str, str], list[tuple[datetime, Decimal]]] = defaultdict(list)
    for measure, scope, at, value in rows.values_list("measure", "scope", "minute", "value"):
        found[measure, scope].append((at, value))
    return found


def out_of_bounds(rule: AlertRule, value: Decimal) -> bool:
    """Whether one value is beyond the rule's threshold."""
    if rule.expression == Expression.BELOW:
        return value < rule.threshold
    if rule.expression == Expression.DRIFT:
        return abs(value) > rule.threshold
    return value > rule.threshold


def _out(rule: AlertRule, value: Decimal, _before: list[Decimal]) -> bool:
    """Whether an alert that fires goes on: one of growth goes on until it is within bounds."""
    return out_of_bounds(rule, value)


def _fires(rule: AlertRule, value: Decimal, before: list[Decimal]) -> bool:
    if not out_of_bounds(rule, value):
        return False
    if rule.expression == Expression.GROWTH:
        return bool(before) and value > before[0] and len(before) >= rule.window_minutes - 1
    needed = (rule.window_minutes - 1) * 2 / 3
    return len(before) >= needed and all(out_of_bounds(rule, old) for old in before)


def _begin(rule: AlertRule, scope: str, value: Decimal, now: datetime) -> Alert:
    alert = Alert.objects.create(
        code=rule.code, scope=scope, rule=rule, severity=rule.severity, threshold=rule.threshold, value=value,
        worst=value, since=now, seen_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.ALERT_FIRED, actor="system:evaluate_alerts", now=now, subject=f"monitoring.alert:{alert.pk}",
        after={
            "code": rule.code, "scope": scope, "severity": rule.severity, "value": value, "threshold": rule.threshold,
        },
    )  # fmt: skip
    return alert


def _goes_on(alert: Alert, value: Decimal, now: datetime) -> None:
    further = value < alert.worst if alert.rule.expression == Expression.BELOW else abs(value) > abs(alert.worst)
    alert.value, alert.seen_at, alert.worst = value, now, value if further else alert.worst
    alert.save(update_fields=["value", "seen_at", "worst"])


def _resolve(alert: Alert, value: Decimal | None, now: datetime) -> None:
    alert.state, alert.resolved_at, alert.seen_at = AlertState.RESOLVED, now, now
    alert.value = alert.value if value is None else value
    alert.save(update_fields=["state", "resolved_at", "seen_at", "value"])


@transaction.atomic
def alert_acknowledge(*, alert_id: int, reason: str, actor: str, now: datetime) -> Alert:
    """Say who is on an alert. Raises AlertOver and AlertAcknowledgedAlready."""
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    if alert.state == AlertState.RESOLVED:
        raise AlertOver
    if alert.state == AlertState.ACKNOWLEDGED:
        raise AlertAcknowledgedAlready
    alert.state, alert.acknowledged_at = AlertState.ACKNOWLEDGED, now
    alert.acknowledged_by, alert.acknowledge_reason = actor, reason
    alert.save(update_fields=["state", "acknowledged_at", "acknowledged_by", "acknowledge_reason"])
    audit_record(
        name=EventName.ALERT_ACKNOWLEDGED, actor=actor, now=now, subject=f"monitoring.alert:{alert.pk}", reason=reason,
        after={"code": alert.code, "scope": alert.scope},
    )  # fmt: skip
    return alert
