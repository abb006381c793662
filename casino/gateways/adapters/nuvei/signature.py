"""Nuvei's checksums, both ways: a hash over values put together without a separator, the secret among them. Pure.

SHA-256; MD5 for old accounts alone, where it is set. Of a DMN the secret stands first (the official connector and two
shop plugins; a third-party simulator has it last and is wrong), of a request of ours last.

The checksum covers amount, currency, time, PPP_TransactionID, Status and productId. It does not cover our order's
reference, the player or the instrument: the cashier compares order, amount and currency with its own record.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from casino.gateways.enums import Verdict

COVERED: Final = ("totalAmount", "currency", "responseTimeStamp", "PPP_TransactionID", "Status", "productId")
GIVEN: Final = "advanceResponseChecksum"


def checksum(values: list[str], algorithm: str = "sha256") -> str:
    """The hash of values in their order, as lower-case hexadecimal. Raises ValueError for another algorithm."""
    raw = "".join(values).encode("utf-8", "surrogateescape")
    if algorithm == "sha256":
        return hashlib.sha256(raw).hexdigest()
    if algorithm == "md5":
        return hashlib.md5(raw).hexdigest()  # noqa: S324 - what the vendor's old accounts sign with
    raise ValueError("an algorithm that Nuvei does not use")


def dmn_verdict(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Verdict:
    """VALID when the checksum holds under one of our secrets over the strings as they were sent."""
    given = fields.get(GIVEN, "").strip().lower()
    if not given:
        return Verdict.ABSENT
    values = [fields.get(name, "") for name in COVERED]
    keys = [secrets[name] for name in ("secret_key", "secret_key_next") if secrets.get(name)]
    try:
        expected = [checksum([key, *values], algorithm_of(secrets)) for key in keys]
    except ValueError:
        return Verdict.INVALID
    held = given.isascii() and any(hmac.compare_digest(given, one) for one in expected)
    return Verdict.VALID if held else Verdict.INVALID


def algorithm_of(secrets: Mapping[str, str]) -> str:
    """The account's, SHA-256 where none is set."""
    return secrets.get("algorithm", "").lower() or "sha256"
