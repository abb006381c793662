"""The optional signature of a postback: HMAC-SHA256 over moment, method, address and body, with the key's id."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime


def signed_headers(
    *, key_id: str, secret: bytes, method: str, address: str, body: bytes, now: datetime
) -> dict[str, str]:
    """The headers X-Key-Id, X-Timestamp (seconds since 1970) and X-Signature (v1=hex)."""
    moment = str(int(now.timestamp()))
    message = b"\n".join((moment.encode(), method.encode(), address.encode(), body))
    digest = hmac.new(secret, message, hashlib.sha256).hexdigest()
    return {"X-Key-Id": key_id, "X-Timestamp": moment, "X-Signature": f"v1={digest}"}
