"""The sandbox gateway's signature: `t=<Unix seconds>,v1=<HMAC-SHA256 over "t.body">`, one v1 per key in use. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

HEADER: Final = "x-sandbox-signature"
WINDOW_SECONDS: Final = 300
MARKS_MOST: Final = 4


def mark_of(*, key: str, moment: int, body: bytes) -> str:
    """The mark of a body under one key."""
    return hmac.new(key.encode(), str(moment).encode() + b"." + body, hashlib.sha256).hexdigest()


def signature_holds(*, header: str, body: bytes, keys: Iterable[str], now: float) -> bool:
    """Whether one of the marks was made with one of our keys, not longer than five minutes ago; in constant time."""
    parts = [part.partition("=") for part in header.split(",")[: MARKS_MOST + 1]]
    stamps = [value for name, _, value in parts if name == "t"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit() and len(stamps[0]) <= 11):
        return False
    moment = int(stamps[0])
    marks = [value.encode() for name, _, value in parts if name == "v1"]
    expected = [mark_of(key=key, moment=moment, body=body).encode() for key in keys if key]
    fits = [hmac.compare_digest(mark, right) for mark in marks for right in expected]
    return any(fits) and abs(now - moment) <= WINDOW_SECONDS
