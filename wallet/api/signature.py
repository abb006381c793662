"""Signature v1: HMAC-SHA256 over the bytes received (wallet-api-v1 §2)."""

from __future__ import annotations

import hmac

MAX_SKEW_SECONDS = 300


def signature_v1(*, secret: bytes, timestamp: str, method: str, path: str, body: bytes) -> str:
    """`v1=` and the lower-case hex HMAC-SHA256 of `timestamp.METHOD.path-and-query.body`."""
    message = b".".join((timestamp.encode(), method.encode(), path.encode("latin-1"), body))
    return "v1=" + hmac.digest(secret, message, "sha256").hex()


def signature_holds(given: str, expected: str) -> bool:
    """Compare in constant time; a header with other characters than ASCII never matches."""
    return hmac.compare_digest(given.encode("latin-1", "replace"), expected.encode())
