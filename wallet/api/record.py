"""What the edge keeps of every call for disputes (casino.calls), off the path of the money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter_ns
from typing import Any

from django.http import HttpRequest

from casino.calls.enums import Signature
from casino.calls.services.calls import call_record
from casino.calls.types import CallEntry
from casino.play.types import Answer
from common.http.address import client_address


@dataclass(slots=True)
class Seen:
    """What became known of a call on its way in; times in nanoseconds of the process's counter."""

    call: str
    started: int
    received_at: datetime
    body: bytes = b""
    body_length: int = -1
    fields: dict[str, Any] = field(default_factory=dict)
    signature: Signature = Signature.ABSENT
    decided: int = 0


def call_keep(request: HttpRequest, seen: Seen, request_id: str, answer: Answer) -> None:
    """Keep one call and its answer. Never raises: a log must not stand in the way of money."""
    ended = perf_counter_ns()
    decided = seen.decided or ended
    meta = request.META
    query = meta.get("QUERY_STRING", "")
    fields = seen.fields
    call_record(
        CallEntry(
            received_at=seen.received_at,
            method=request.method or "",
            path=request.path + (f"?{query}" if query else ""),
            headers=meta,
            remote_address=str(client_address(request) or ""),
            status=answer.status,
            outcome=answer.outcome,
            answer=answer.body,
            body=seen.body,
            body_length=seen.body_length,
            request_id=request_id,
            provider_code=meta.get("HTTP_X_PROVIDER", ""),
            key_id=meta.get("HTTP_X_KEY_ID", ""),
            signature=seen.signature,
            error_class=answer.retry_class,
            replayed=answer.replayed,
            call=seen.call,
            player=fields.get("player_id", ""),
            transaction_id=fields.get("transaction_id", ""),
            original_transaction_id=fields.get("original_transaction_id", ""),
            round_reference=fields.get("round_id", ""),
            game_code=fields.get("game_code", ""),
            edge_us=(decided - seen.started) // 1000,
            database_us=(ended - decided) // 1000,
            total_us=(ended - seen.started) // 1000,
        )
    )
