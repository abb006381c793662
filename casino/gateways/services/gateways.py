"""Gateways as staff know them: a row each, closed to new deposits or payouts and opened again, with a reason.

The breaker's switch, which stops every call, is casino.routing's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casino.gateways.enums import Purpose
from casino.gateways.errors import GatewayStandsSo
from casino.gateways.models import Gateway
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


def gateways_know(codes: Iterable[str]) -> None:
    """Make the rows of gateways that there are adapters for. Safe to repeat."""
    Gateway.objects.bulk_create([Gateway(code=code, name=code.title()) for code in codes], ignore_conflicts=True)


@transaction.atomic
def gateway_purpose_set(*, code: str, purpose: Purpose, to: bool, reason: str, actor: str, now: datetime) -> Gateway:
    """Let new payments of a purpose through the gateway, or no longer; from the very next call on.

    Messages, refunds and questions about what is under way go on. Raises GatewayStandsSo, Gateway.DoesNotExist.
    """
    gateway = Gateway.objects.select_for_update(no_key=True).get(code=code)
    field = "deposits_open" if purpose == Purpose.DEPOSIT else "payouts_open"
    if getattr(gateway, field) == to:
        raise GatewayStandsSo
    setattr(gateway, field, to)
    gateway.switched_at, gateway.switched_by, gateway.reason = now, actor, reason[:200]
    gateway.save(update_fields=[field, "switched_at", "switched_by", "reason"])
    audit_record(
        name=EventName.GATEWAY_PURPOSE_SET, actor=actor, now=now, subject=f"gateways.gateway:{gateway.pk}",
        reason=reason, before={field: not to}, after={field: to},
    )  # fmt: skip
    return gateway
