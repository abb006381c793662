"""One JSON call to a vendor: no redirects, no proxy from the environment, an end in time and in length."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx2

MAX_ANSWER: Final = 4 * 1024 * 1024
# What a call may end in besides an answer: the net, an address that is none, a body that never ends.
FAULTS: Final = (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError)


def json_sent(address: str, body: Mapping[str, Any], timeout_ms: int) -> tuple[int, bytes]:
    """Status and body of the answer. `timeout_ms` is for each wait and for the whole: a vendor that drips a byte at a
    time holds a worker no longer. Raises one of FAULTS."""
    seconds = timeout_ms / 1000
    deadline = time.monotonic() + seconds
    taken = bytearray()
    with (
        httpx2.Client(timeout=seconds, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST", address, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        ) as answer,
    ):
        for piece in answer.iter_bytes():
            taken += piece
            if len(taken) > MAX_ANSWER:
                raise ValueError("the answer is too long")
            if time.monotonic() > deadline:
                raise TimeoutError("the answer did not end in time")
        return answer.status_code, bytes(taken)
