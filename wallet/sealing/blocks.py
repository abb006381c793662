"""A sealed block: its header, its hash, and its place after the one before (ADR 0006). Pure.

content hash = SHA-256 over every canonical line followed by a newline;
block hash   = SHA-256 over `casino seal v1`, a newline and the header as a canonical line;
signature    = Ed25519 over the 32 bytes of the block hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.clock import instant_text
from wallet.sealing.canonical import Json, canonical_line

GENESIS: Final = bytes(32)
DOMAIN: Final = b"casino seal v1\n"


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """What the block hash covers: every row of `kinds` with from_order <= commit_order < to_order."""

    number: int
    from_order: int
    to_order: int
    kinds: tuple[str, ...]
    row_count: int
    content_hash: bytes
    previous_hash: bytes
    key_id: str
    sealed_at: datetime

    def as_json(self) -> dict[str, Json]:
        """The header's fields as they are hashed and exported."""
        return {
            "number": self.number,
            "from": self.from_order,
            "to": self.to_order,
            "kinds": list(self.kinds),
            "count": self.row_count,
            "content": self.content_hash.hex(),
            "previous": self.previous_hash.hex(),
            "key": self.key_id,
            "sealed_at": instant_text(self.sealed_at),
        }

    def block_hash(self) -> bytes:
        """The 32 bytes that are signed, and that the next block names as its previous."""
        return hashlib.sha256(DOMAIN + canonical_line(self.as_json())).digest()


@dataclass(frozen=True, slots=True)
class Content:
    """How many lines a block holds, and the hash over them."""

    row_count: int
    sha256: bytes


def content_of(lines: Iterable[bytes]) -> Content:
    """Count and hash the lines as they stream by."""
    digest = hashlib.sha256()
    count = 0
    for line in lines:
        digest.update(line)
        digest.update(b"\n")
        count += 1
    return Content(count, digest.digest())
