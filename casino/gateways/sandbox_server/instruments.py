"""Means of payment as this gateway stores them: a token, a scheme, four digits, a month, a name. Never a number."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import Any, Final

SCHEMES: Final = ("visa", "mc", "maestro")
KINDS: Final = {"card": "card", "bank": "bank_account", "wallet": "e_wallet", "voucher": "voucher"}
SOMEBODY_ELSE: Final = "Jordan Somebody-Else"
EXPIRES: Final = "2030-12"

Told = dict[str, Any]


def kind_of(method: str) -> str:
    """What a method pays with: `card`, `card_direct` and `card_hosted` are all cards."""
    return KINDS.get(method.partition("_")[0], "card")


def instrument_store(
    db: sqlite3.Connection, *, face: str, payer: Told, method: str, label: str = "", owner: str = ""
) -> Told:
    """The payer's instrument of this kind and label, stored the first time; the same token ever after."""
    kind = kind_of(method)
    seed = hashlib.sha256(f"{payer.get('reference', '')}|{kind}|{label}|{owner}".encode()).hexdigest()
    digits = int(seed[:8], 16)
    known = f"{payer.get('first_name', '')} {payer.get('last_name', '')}".strip()
    told: Told = {
        "kind": kind,
        "token": f"tok_{hashlib.sha256(f'{face}|{seed}'.encode()).hexdigest()[:24]}",
        "fingerprint": f"fp_{seed[:24]}",
        "scheme": SCHEMES[digits % len(SCHEMES)] if kind == "card" else method.partition("_")[0],
        "last_four": f"{digits % 10000:04d}",
        "expires": EXPIRES if kind == "card" else "",
        "owner_name": owner or known,
        "country": str(payer.get("country", "")),
    }
    db.execute(
        "INSERT OR IGNORE INTO instrument (token, face, payer, told) VALUES (?, ?, ?, ?)",
        [told["token"], face, str(payer.get("reference", "")), json.dumps(told)],
    )
    return told


def instrument_told(db: sqlite3.Connection, token: str) -> Told | None:
    """A stored instrument; None for a token that is not ours."""
    row = db.execute("SELECT told FROM instrument WHERE token = ?", [token]).fetchone()
    return None if row is None else dict(json.loads(row["told"]))
