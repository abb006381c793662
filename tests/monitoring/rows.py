"""One row of every kind that monitoring keeps, for walks through all pages and for the guards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from common.clock import utc_now
from players.models import Player
from reporting.monitoring.enums import FreezeScope, Severity
from reporting.monitoring.models import Alert, AlertRule, CallTotal, HouseProof, Sample, SoftwareCheck
from reporting.monitoring.services.alerts import alert_acknowledge
from reporting.monitoring.services.freezing import freeze, incident_lift
from reporting.monitoring.services.rules import rules_ensure

PROOF = (
    '{"broken":"","key_id":"0011223344556677","kind":"full","parts":[{"broken":[],"name":"transactions_balance",'
    '"rows":12}],"sound":true}'
)


def monitoring_kept(player: Player) -> dict[str, Any]:
    """The rows, and their keys by the names that raw SQL uses. The player is frozen afterwards."""
    now = utc_now()
    rules_ensure()
    slow, failing, old = (AlertRule.objects.get(code=code) for code in ("calls_slow", "calls_failing", "fx_old"))

    def fired(rule: AlertRule, value: int, **more: Any) -> Alert:
        return Alert.objects.create(
            code=rule.code, rule=rule, severity=rule.severity, threshold=rule.threshold, value=value, worst=value,
            since=now - timedelta(minutes=12), seen_at=now, **more,
        )  # fmt: skip

    live = fired(slow, 812, scope="sandbox")
    taken = fired(failing, 3, scope="sandbox")
    alert_acknowledge(alert_id=taken.pk, reason="The provider restarts its servers", actor="staff:7", now=now)
    over = fired(old, 120, state="resolved", resolved_at=now)
    for minute in range(30):
        at = now.replace(second=0, microsecond=0) - timedelta(minutes=29 - minute)
        for measure, scope, value in (
            ("wallet_latency_p99", "sandbox", 120 + 25 * minute), ("wallet_failed_share", "sandbox", 3 - minute % 3),
            ("celery_waiting", "", minute % 4), ("celery_age_seconds", "", 1), ("fx_age_hours", "", 18),
        ):  # fmt: skip
            Sample.objects.create(minute=at, measure=measure, scope=scope, value=value)
    proof = HouseProof.objects.create(
        kind="full", proved_at=now, sound=True, took_ms=4200, document=PROOF, key_id="0011223344556677",
        signature=bytes(64),
    )  # fmt: skip
    check = SoftwareCheck.objects.create(
        checked_at=now, digest="0" * 64, same=True, whole=True, parts={"django 5": "1"}
    )
    total = CallTotal.objects.create(provider="sandbox", call="bet", result="ok", calls=9, total_us=90)
    first = freeze(
        scope=FreezeScope.PLAYER, target_id=player.pk, severity=Severity.P2, promise="holds_covered", row="account 7",
        expected="10", found="11", now=now,
    )  # fmt: skip
    assert first is not None
    incident_lift(incident_id=first.pk, reason="explained", actor="staff:7", now=now)
    incident = freeze(
        scope=FreezeScope.PLAYER, target_id=player.pk, severity=Severity.P1, promise="balances_are_sums",
        row="account 7", expected="90.0 EUR", found="95.0 EUR", now=now,
    )  # fmt: skip
    assert incident is not None
    return {
        "alert": live.pk, "alert_taken": taken.pk, "alert_over": over.pk, "alert_rule": slow.pk,
        "house_proof": proof.pk,
        "software_check": check.pk, "call_total": total.pk, "incident": incident.pk, "incident_over": first.pk,
    }  # fmt: skip
