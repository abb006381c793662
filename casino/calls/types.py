"""What the edge tells about one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casino.calls.enums import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """One call of a provider with its answer, as the edge saw it. Words that the edge could not read stay "".

    `headers` is the request's META (WSGI environ): only a whitelist of names is ever read from it. `body` and
    `answer` are the bytes as received and as sent; `call_record` decides what of them may be kept. `body_length`
    is the true length where the edge stopped reading, else -1. `player`, `round_reference` and the others are the
    values of the contract's fields `player_id`, `round_id`, …. Durations are microseconds.
    """

    received_at: datetime
    method: str
    path: str
    headers: Mapping[str, object]
    remote_address: str
    status: int
    outcome: str
    answer: bytes
    body: bytes = b""
    body_length: int = -1
    request_id: str = ""
    provider_code: str = ""
    key_id: str = ""
    signature: Signature = Signature.ABSENT
    error_class: str = ""
    replayed: bool = False
    call: str = ""
    player: str = ""
    transaction_id: str = ""
    original_transaction_id: str = ""
    round_reference: str = ""
    game_code: str = ""
    edge_us: int = 0
    database_us: int = 0
    total_us: int = 0
