"""Messages of the sandbox gateway as it signs them, and a cashier of the tests whose effects can be counted."""

from __future__ import annotations

import json
import time
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from casino.gateways.adapters.sandbox.signature import HEADER, mark_of
from casino.gateways.enums import NewsKind, Purpose, Verdict
from casino.gateways.errors import NewsPuzzling
from casino.gateways.models import GatewayMessage
from casino.gateways.services.messages import message_keep
from casino.gateways.services.news import news_counts
from casino.gateways.types import News, Order, Payer, RawMessage
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

KEY: Final = "webhook-key-of-tests"
API_KEY: Final = "api-key-of-tests"


def body_of(event_id: str, reference: str = "D-1", *, event: str = "payment.confirmed", amount: str = "10") -> bytes:
    """A message of the sandbox gateway."""
    told = {
        "event": event, "event_id": event_id, "occurred_at": "2026-11-20T12:00:00Z",
        "data": {"reference": reference, "id": f"sbx-{reference}", "amount": amount, "currency": "EUR"},
    }  # fmt: skip
    return json.dumps(told).encode()


def headers_of(body: bytes, key: str = KEY) -> dict[str, str]:
    """The headers with which it comes, signed now."""
    moment = int(time.time())
    return {HEADER: f"t={moment},v1={mark_of(key=key, moment=moment, body=body)}", "content-type": "application/json"}


def kept(body: bytes, now: datetime, verdict: Verdict = Verdict.VALID) -> GatewayMessage:
    """A message as the webhook keeps it."""
    raw = RawMessage(gateway="sandbox", method="POST", headers=headers_of(body), query="", body=body)
    return message_keep(message=raw, verdict=verdict, ip=None, now=now)


def order_of(reference: str = "D-1", purpose: Purpose = Purpose.DEPOSIT) -> Order:
    """An order of ten euros by Alice."""
    payer = Payer(
        reference="pl_1", first_name="Alice", last_name="Borg", email="alice@example.com", country="MT", locale="en",
        address="1 Strait Street, Valletta",
    )  # fmt: skip
    return Order(reference=reference, purpose=purpose, amount=Decimal(10), currency="EUR", method="card", payer=payer)


def effect(gateway: str, news: News, message_id: int, now: datetime) -> str:
    """A cashier that credits confirmed deposits: each effect is a row that nothing but the claim keeps single."""
    if news.kind is not NewsKind.DEPOSIT_CONFIRMED:
        return ""
    if news.amount == Decimal(999):
        raise NewsPuzzling("the amount is not ours")
    if news.amount == Decimal(500):
        raise RuntimeError("the cashier is out")
    with transaction.atomic():
        if not news_counts(gateway=gateway, news=news, message_id=message_id, note="credited", now=now):
            return "counted already"
        audit_record(
            name=EventName.GATEWAY_MESSAGE_AGAIN, actor="system:tests", now=now, subject=f"tests.effect:{news.key}"
        )
    return "credited"


def effects() -> list[str]:
    """The keys of the facts that took effect, in order."""
    found = AuditEvent.objects.filter(subject__startswith="tests.effect:").order_by("id")
    return [subject.removeprefix("tests.effect:") for subject in found.values_list("subject", flat=True)]


def gateways_setting(url: str = "http://127.0.0.1:9", timeout_ms: int = 300) -> dict[str, dict[str, Any]]:
    """The sandbox gateway connected, every other not."""
    secrets = {"api_key": API_KEY, "webhook_key": KEY}
    return {"sandbox": {"url": url, "timeout_ms": timeout_ms, "secrets": secrets}}
