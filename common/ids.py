"""Identifiers: time-ordered UUIDs (RFC 9562, version 7) and opaque public names."""

from __future__ import annotations

import os
import secrets
import time
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def uuid7() -> UUID:
    """A new UUID whose first 48 bits are the Unix time in milliseconds, so that indexes grow at one end."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def public_id(prefix: str) -> str:
    """An unguessable name with 100 bits of chance, such as `pl_7k2m…`, safe in URLs and case-insensitive media."""
    return prefix + "_" + "".join(secrets.choice(_ALPHABET) for _ in range(20))
