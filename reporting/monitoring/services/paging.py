"""Telling the people on call about a P1, once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from common.money import decimal_text
from reporting.monitoring.enums import AlertState, Severity
from reporting.monitoring.models import Alert

log = logging.getLogger(__name__)


def pages_send(*, now: datetime) -> int:
    """Send an e-mail for each P1 that fires and was not told yet; returns how many. What can not be sent waits.

    The row is locked while the e-mail is sent, so that two runs send one.
    """
    sent = 0
    if not settings.ONCALL_EMAILS:
        return 0
    waiting = Alert.objects.filter(severity=Severity.P1, state=AlertState.FIRING, paged_at__isnull=True)
    for alert_id in list(waiting.values_list("pk", flat=True)[:20]):
        with transaction.atomic():
            locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("rule")
            alert = locked.filter(pk=alert_id).first()
            if alert is None:
                continue
            try:
                send_mail(_subject(alert), _body(alert), settings.DEFAULT_FROM_EMAIL, settings.ONCALL_EMAILS)
            except OSError as problem:
                log.error("The people on call were not told of alert %s: %s", alert_id, problem)
                continue
            alert.paged_at = now
            alert.save(update_fields=["paged_at"])
            sent += 1
    return sent


def _subject(alert: Alert) -> str:
    of = f" ({alert.scope})" if alert.scope else ""
    return f"[P1] {alert.rule.title}{of}"


def _body(alert: Alert) -> str:
    return (
        f"{alert.rule.title}. Since {alert.since:%Y-%m-%d %H:%M} UTC.\n"
        f"Value {decimal_text(alert.value)}, threshold {decimal_text(alert.threshold)}. Alert {alert.pk}.\n\n"
        f"What to do: docs/runbooks/{alert.rule.runbook}.md\n"
        f"Health board: {settings.BACK_OFFICE_URL}/admin/monitoring/alert/board\n"
    )
