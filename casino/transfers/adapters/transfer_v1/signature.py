"""Who speaks: HMAC-SHA256 over the bytes as sent, in lower-case hex, of calls and of answers."""

from __future__ import annotations

import hashlib
import hmac


def call_signature(*, secret: bytes, timestamp: str, path: str, body: bytes) -> str:
    """Of a call: its time in Unix seconds, its path and its bytes, by line feeds."""
    return _signed(secret, b"\n".join((timestamp.encode(), path.encode(), body)))


def answer_signature(*, secret: bytes, call: str, body: bytes) -> str:
    """Of an answer: bound to the signature of the call, so that no answer serves twice."""
    return _signed(secret, call.encode() + b"\n" + body)


def _signed(secret: bytes, message: bytes) -> str:
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
