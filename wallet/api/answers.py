"""The words of wallet API v1: how bookings, refusals and balances are written (wallet-api-v1 §3, §5)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from casino.play.types import Answer, Balance, MoneyCall
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.errors import Refusal
from common.money import amount_text
from wallet.api import errors
from wallet.api.statuses import STATUS

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
RETRY_AFTER_SECONDS = 1


def balance_object(balance: Balance) -> dict[str, str]:
    """`{"currency", "real", "bonus", "total"}`, exact."""
    currency = CURRENCIES[balance.currency]
    return {
        "currency": balance.currency,
        "real": amount_text(balance.real, currency),
        "bonus": amount_text(balance.bonus, currency),
        "total": amount_text(balance.real + balance.bonus, currency),
    }


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refusal, errors.BodyTooLarge):
        return 413
    if isinstance(refusal, errors.MethodNotAllowed):
        return 405
    if isinstance(refusal, errors.NoSuchCall):
        return 404
    return STATUS[refusal.code]


class WalletV1:
    """The dialect of one call: it knows the call's request id."""

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id

    def ok(self, content: dict[str, Any]) -> Answer:
        """A success that is not recorded: auth, balance, end-round, look-ups."""
        body = {"status": "ok", "request_id": self.request_id, **content}
        return Answer(status=200, body=_encode(body).encode(), outcome="ok")

    def booked(
        self,
        *,
        call: MoneyCall,
        leg_id: UUID,
        round_id: str | None,
        balance: Balance,
        said: dict[str, str],
        now: datetime,
    ) -> Answer:
        """The answer to a booked money call."""
        body = {
            "status": "ok",
            "request_id": self.request_id,
            "balance": balance_object(balance),
            "transaction_id": call.transaction_id,
            "wallet_transaction_id": str(leg_id),
            "round_id": round_id,
            "processed_at": instant_text(now),
            **said,
        }
        return Answer(status=200, body=_encode(body).encode(), outcome="ok")

    def refused(self, *, refusal: Refusal, balance: Balance | None) -> Answer:
        """The answer to a refusal; the balance is told where it is the reason."""
        error: dict[str, Any] = {
            "code": refusal.code,
            "class": "retry" if refusal.retry else "final",
            "message": refusal.message,
        }
        if refusal.details:
            error["details"] = refusal.details
        body: dict[str, Any] = {"status": "error", "request_id": self.request_id, "error": error}
        if isinstance(refusal, errors.ClockSkew):
            body["server_time"] = int(refusal.details["server_time"])
        if balance is not None and refusal.code == "insufficient_funds":
            body["balance"] = balance_object(balance)
        status = status_of(refusal)
        return Answer(
            status=status,
            body=_encode(body).encode(),
            outcome=refusal.code,
            retry_after=RETRY_AFTER_SECONDS if status in (429, 503) else 0,
            retry_class=error["class"],
        )
