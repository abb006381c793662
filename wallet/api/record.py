"""What the edge keeps of every call for disputes (casino.calls), off the path of the money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from casino.play.types import Answer


@dataclass(slots=True)
class Seen:
    """What became known of a call on its way in; times in nanoseconds of the process's counter."""

    call: str
    started: int
    received_at: datetime
    body: bytes = b""
    fields: dict[str, Any] = field(default_factory=dict)
    verdict: str = ""
    decided: int = 0


def call_keep(request: HttpRequest, seen: Seen, request_id: str, answer: Answer) -> None:
    """Keep one call and its answer."""
