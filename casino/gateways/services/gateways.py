"""Gateways as staff know them: a row each, closed to new deposits or payouts and opened again, with a reason.

The breaker's switch, which stops every call, is casino.routing's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casino.gateways.enums import Purpose
from casino.gateways.errors import GatewayDaysRefused, GatewayStandsSo
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


@transaction.atomic
def gateway_days_set(
    *, code: str, settles_within: int, messages_kept: int, reason: str, actor: str, now: datetime
) -> Gateway:
    """Set after how many days a booking in no settlement file is missing (1 to 60), and a message worked off loses its
    content (90 to 7,305). Raises GatewayDaysRefused, GatewayStandsSo, Gateway.DoesNotExist.
    """
    if not (1 <= settles_within <= 60 and 90 <= messages_kept <= 7305):
        raise GatewayDaysRefused
    gateway = Gateway.objects.select_for_update(no_key=True).get(code=code)
    before = {"settles_within_days": gateway.settles_within_days, "messages_kept_days": gateway.messages_kept_days}
    after = {"settles_within_days": settles_within, "messages_kept_days": messages_kept}
    if before == after:
        raise GatewayStandsSo
    gateway.settles_within_days, gateway.messages_kept_days = settles_within, messages_kept
    gateway.save(update_fields=["settles_within_days", "messages_kept_days"])
    audit_record(
        name=EventName.GATEWAY_DAYS_SET, actor=actor, now=now, subject=f"gateways.gateway:{gateway.pk}",
        reason=reason, before=before, after=after,
    )  # fmt: skip
    return gateway
