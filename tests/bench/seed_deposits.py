"""Deposits that wait for their message. Run as `python -m tests.bench.seed_deposits <count> <file>` after `seed_demo`,
with the sandbox gateway connected; writes the player's key and the message of each."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

AMOUNT = Decimal("50.03")  # stays pending until it is told


def seed(count: int) -> list[tuple[int, str]]:
    """As many deposits by as many players, pending at the gateway."""
    from casino.cashier.services.deposit_begin import deposit_begin
    from common.clock import utc_now
    from tests.factories import player_make
    from tests.routing.cast import route_make, terms_make

    terms_make(now=utc_now())
    route_make(gateway_method="card_direct", now=utc_now())
    made = []
    for number in range(count):
        player = player_make(f"Payer {number}", balance="0")
        deposit = deposit_begin(
            player_id=player.pk, method="card", amount=AMOUNT, client_key="bench", actor=f"player:{player.pk}",
            now=utc_now(),
        )  # fmt: skip
        assert deposit.state == "pending", (deposit.state, deposit.code)
        made.append((player.pk, json.dumps(_message(deposit.reference, deposit.gateway_reference))))
    return made


def _message(reference: str, gateway_reference: str) -> dict[str, Any]:
    data = {"id": gateway_reference, "reference": reference, "amount": str(AMOUNT), "currency": "EUR"}
    key = f"{gateway_reference}:payment.confirmed"
    return {"event_id": key, "event": "payment.confirmed", "occurred_at": "", "data": data}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    Path(sys.argv[2]).write_text(json.dumps(seed(int(sys.argv[1]))), encoding="utf-8")
