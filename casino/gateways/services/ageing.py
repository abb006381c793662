"""The content of messages that were kept long enough goes; that they came, and what became of them, stays."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from casino.gateways.enums import Outcome
from casino.gateways.models import Gateway, GatewayMessage
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

ACTOR: Final = "system:gateways"
# At the end of their way: what is flagged waits for people, who need to read it.
ENDED: Final = (Outcome.APPLIED, Outcome.INVALID)
AT_ONCE: Final = 500


def messages_age(*, now: datetime) -> int:
    """Take the bytes, headers, query and address of what ended longer ago than its gateway keeps; how many it were."""
    return sum(_aged(gateway, now) for gateway in Gateway.objects.order_by("code"))


def _aged(gateway: Gateway, now: datetime) -> int:
    due = now - timedelta(days=gateway.messages_kept_days)
    rows = GatewayMessage.objects.filter(gateway=gateway.code, received_at__lt=due, aged_at=None, outcome__in=ENDED)
    done = 0
    while keys := list(rows.order_by("received_at").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            locked = list(rows.filter(pk__in=keys).select_for_update())
            for row in locked:
                row.raw_sha256 = hashlib.sha256(bytes(row.raw)).hexdigest()
                row.raw, row.headers, row.query, row.ip, row.aged_at = b"", {}, "", None, now
            GatewayMessage.objects.bulk_update(locked, ["raw_sha256", "raw", "headers", "query", "ip", "aged_at"])
        done += len(locked)
        if not locked:
            break
    if done:
        audit_record(
            name=EventName.GATEWAY_MESSAGES_AGED, actor=ACTOR, now=now, subject=f"gateways.gateway:{gateway.pk}",
            after={"messages": done, "older_than_days": gateway.messages_kept_days},
        )  # fmt: skip
    return done
