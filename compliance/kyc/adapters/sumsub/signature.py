"""Sumsub's signatures, both ways (docs.sumsub.com, authentication and webhooks). Pure."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

ALGORITHMS: Final = {
    "HMAC_SHA1_HEX": hashlib.sha1,
    "HMAC_SHA256_HEX": hashlib.sha256,
    "HMAC_SHA512_HEX": hashlib.sha512,
}
# From weak to strong: a webhook with a weaker one than is set up is refused, a stronger one is taken.
STRENGTH: Final = tuple(ALGORITHMS)


def request_signature(*, secret: str, timestamp: int, method: str, path: str, body: bytes) -> str:
    """`X-App-Access-Sig` of an outgoing request: Unix seconds, method, path with query, raw body."""
    message = f"{timestamp}{method.upper()}{path}".encode() + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def digest_of(*, secret: str, algorithm: str, raw: bytes) -> str:
    """`x-payload-digest` of a webhook's raw bytes."""
    return hmac.new(secret.encode(), raw, ALGORITHMS[algorithm]).hexdigest()


def digest_holds(*, secret: str, least: str, algorithm: str, given: str, raw: bytes) -> bool:
    """Whether a webhook is Sumsub's: the digest fits, by an algorithm not weaker than `least`, in constant time."""
    if not secret or algorithm not in ALGORITHMS or STRENGTH.index(algorithm) < STRENGTH.index(least):
        return False
    expected = digest_of(secret=secret, algorithm=algorithm, raw=raw)
    return given.isascii() and hmac.compare_digest(expected, given.strip().lower())
