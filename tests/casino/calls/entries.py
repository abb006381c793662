"""Calls as the edge tells them, for these tests."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from casino.calls.enums import Signature
from casino.calls.types import CallEntry

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ALICE = "pl_a11ce000000000000000"
HEADERS: dict[str, object] = {
    "HTTP_X_PROVIDER": "sandbox",
    "HTTP_X_TIMESTAMP": "1700000000",
    "HTTP_X_SIGNATURE": "v1=93c86e0fc0fe450177838bdeddf6e409104b0c2346bb7babea6d57ef108451b5",
    "HTTP_AUTHORIZATION": "Bearer do-not-keep-me",
    "HTTP_COOKIE": "session=do-not-keep-me",
    "HTTP_USER_AGENT": "provider-client/2.1",
    "CONTENT_TYPE": "application/json",
}
BET = {
    "transaction_id": "tx-1", "session_id": "gs_1", "player_id": ALICE, "game_code": "sandbox-slot",
    "round_id": "round-1", "amount": "12.50", "currency": "EUR", "round_closed": False,
}  # fmt: skip
ANSWER = b'{"status":"ok","request_id":"r-1","balance":{"currency":"EUR","real":"87.50"}}'


def bet_entry(**changes: Any) -> CallEntry:
    """Alice's bet of 12.50 EUR, answered ok; `changes` replace fields of the entry."""
    entry = CallEntry(
        received_at=NOON,
        method="POST",
        path="/api/wallet/v1/bet",
        headers=HEADERS,
        remote_address="203.0.113.7",
        status=200,
        outcome="ok",
        answer=ANSWER,
        body=json.dumps(BET).encode(),
        request_id="r-1",
        provider_code="sandbox",
        key_id="k1",
        signature=Signature.VALID,
        call="bet",
        player=ALICE,
        transaction_id="tx-1",
        round_reference="round-1",
        game_code="sandbox-slot",
        edge_us=150,
        database_us=300,
        total_us=500,
    )
    return replace(entry, **changes)
