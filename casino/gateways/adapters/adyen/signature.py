"""Whether a webhook is Adyen's: HMAC over every item, by the official library, and basic auth as a second lock.

The library's `is_valid_hmac_notification` has traps (compliance.md §5.4), so it is called per item and believed only
when it says True: given a whole message it looks at the first item alone; it says None where there is no
additionalData; it raises where the signature is missing; and it writes a JSON null as "None" into what is signed.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any, Final

from Adyen.util import is_valid_hmac_notification

from casino.gateways.enums import Verdict

SIGNED: Final = (
    "pspReference", "originalReference", "merchantAccountCode", "merchantReference", "eventCode", "success",
)  # fmt: skip


def items_verdict(items: list[dict[str, Any]], secrets: Mapping[str, str]) -> Verdict:
    """VALID only when each item's signature holds under one of our keys; ABSENT when no item has one."""
    signatures = [_signature(item) for item in items]
    if not any(signatures):
        return Verdict.ABSENT
    keys = [secrets[name] for name in ("hmac", "hmac_next") if secrets.get(name)]
    for item, signature in zip(items, signatures, strict=True):
        if not signature or not any(_holds(item, signature, key) for key in keys):
            return Verdict.INVALID
    return Verdict.VALID


def login_holds(headers: Mapping[str, str], secrets: Mapping[str, str]) -> bool:
    """Whether the basic auth is the one we gave Adyen; true where none is set up."""
    user = secrets.get("webhook_user", "")
    passwords = [secrets[name] for name in ("webhook_password", "webhook_password_next") if secrets.get(name)]
    if not user and not passwords:
        return True
    scheme, _, given = headers.get("authorization", "").partition(" ")
    try:
        pair = base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        return False
    fits = [hmac.compare_digest(pair, f"{user}:{password}".encode()) for password in passwords]
    return scheme.lower() == "basic" and any(fits)


def _signature(item: Mapping[str, Any]) -> str:
    extra = item.get("additionalData")
    signature = extra.get("hmacSignature") if isinstance(extra, dict) else None
    return signature if isinstance(signature, str) else ""


def _holds(item: Mapping[str, Any], signature: str, key: str) -> bool:
    amount = item.get("amount")
    if not isinstance(amount, dict):
        return False
    signed: dict[str, Any] = {name: _spelt(item.get(name)) for name in SIGNED}
    signed["amount"] = {"value": _spelt(amount.get("value")), "currency": _spelt(amount.get("currency"))}
    signed["additionalData"] = {"hmacSignature": signature}
    try:
        return is_valid_hmac_notification(signed, key) is True
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _spelt(value: object) -> str:
    """Missing and null are empty, truth is written small: as Adyen signs them."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
