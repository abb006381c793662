"""Hashes of what was proposed and of what it was computed on, and the words for what is different. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from compliance.approvals.types import Payload, State
from wallet.sealing.canonical import Json, canonical_line

GONE = "–"


def payload_text(payload: Payload) -> str:
    """The payload's canonical form: what is stored, hashed and carried out."""
    return canonical_line(dict(payload)).decode()


def payload_read(text: str) -> Payload:
    """The payload of its canonical form."""
    found: dict[str, Json] = json.loads(text)
    return found


def sha256_text(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in lower-case hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def state_fingerprint(state: State) -> str:
    """SHA-256 of the facts in canonical form."""
    facts: dict[str, Json] = dict(state)
    return sha256_text(canonical_line(facts).decode())


def state_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """One clause for each fact that is different: "Real money: 100.00 EUR, now 80.00 EUR"."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        f"{name}: {before.get(name, GONE)}, now {after.get(name, GONE)}"
        for name in names
        if before.get(name) != after.get(name)
    ]
