"""The sandbox gateway's own account of what happened, told to us in any order and number, as it signs it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from casino.gateways.adapters.sandbox.signature import HEADER, mark_of
from casino.gateways.enums import Verdict
from casino.gateways.registry import adapter_get
from casino.gateways.services.messages import message_keep, message_work
from casino.gateways.types import Credentials, RawMessage
from tests.gateways.sandbox.process import API_KEY, WEBHOOK_KEY, SandboxProcess

# What each fact moves, signed from our side.
MOVES = {
    "payment.confirmed": 1, "payment.reversed": -1, "chargeback": -1, "chargeback.reversed": 1, "refund.done": -1,
    "refund.failed": 0, "payout.confirmed": -1, "payout.returned": 1,
}  # fmt: skip


@dataclass
class Bank:
    """What the gateway says of our references."""

    process: SandboxProcess
    references: list[str] = field(default_factory=list)

    def events(self, reference: str) -> list[dict[str, Any]]:
        """Everything that happened to a payment, in order; empty where it never heard of it."""
        url = f"{self.process.address}/sandbox/v1/payments?reference={reference}"
        request = urllib.request.Request(url, headers={"X-Api-Key": API_KEY})  # noqa: S310 - on this machine
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                return list(json.loads(answer.read())["events"])
        except urllib.error.HTTPError:
            return []

    def all_events(self) -> list[dict[str, Any]]:
        """Of all payments, in the order in which they were begun."""
        return [event for reference in self.references for event in self.events(reference)]

    def owed(self) -> Decimal:
        """What came in less what went out, by the gateway's own account."""
        moved = (MOVES.get(e["event"], 0) * Decimal(e["data"]["amount"]) for e in self.all_events())
        return sum(moved, Decimal(0))

    def settings(self) -> dict[str, dict[str, Any]]:
        """GATEWAYS with the sandbox connected."""
        told = self.process.credentials()
        return {"sandbox": {"url": told.url, "timeout_ms": 3000, "secrets": dict(told.secrets)}}


def told(event: dict[str, Any], now: datetime, *, key: str = WEBHOOK_KEY) -> str:
    """A message comes in by the edge's own steps and is worked off; what became of it."""
    body = json.dumps(event, separators=(",", ":")).encode()
    moment = int(time.time())
    headers = {HEADER: f"t={moment},v1={mark_of(key=key, moment=moment, body=body)}"}
    raw = RawMessage(gateway="sandbox", method="POST", headers=headers, query="", body=body)
    adapter = adapter_get("sandbox")
    credentials = Credentials(gateway="sandbox", url="", secrets={"webhook_key": WEBHOOK_KEY})
    verdict = adapter.verdict_of(raw, credentials)
    message = message_keep(message=raw, verdict=verdict, ip=None, now=now)
    if verdict is Verdict.VALID:
        message_work(message_id=message.pk, now=now)
    message.refresh_from_db()
    return str(message.outcome)
