"""Signatures of wallet API v1, section 2: HMAC-SHA256 over the bytes as they are sent."""

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who calls: the provider's code, which of its keys signs, and that key's secret."""

    provider: str
    key_id: str
    secret: str = field(repr=False)


def signature(*, secret: str, timestamp: int, method: str, target: str, body: bytes) -> str:
    """Return the value of ``X-Signature``; ``target`` is path and query as sent, ``timestamp`` is Unix seconds."""
    head = f"{timestamp}.{method}.{target}.".encode()
    return "v1=" + hmac.new(secret.encode(), head + body, hashlib.sha256).hexdigest()


def signed_headers(
    *, credentials: Credentials, timestamp: int, method: str, target: str, body: bytes
) -> dict[str, str]:
    """Return the four headers that authenticate one call."""
    return {
        "X-Provider": credentials.provider,
        "X-Key-Id": credentials.key_id,
        "X-Timestamp": str(timestamp),
        "X-Signature": signature(
            secret=credentials.secret, timestamp=timestamp, method=method, target=target, body=body
        ),
    }
