"""What never stands in a log besides card numbers: e-mail addresses, tokens, passwords, signatures. Pure."""

from __future__ import annotations

import re
from typing import Final

EMAIL: Final = "[e-mail]"
HIDDEN: Final = "[hidden]"
_EMAIL: Final = re.compile(r"[A-Za-z0-9_.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_BEARER: Final = re.compile(r"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
# A name that tells a secret, whatever stands between it and its value in JSON, a repr, a header or an address.
_NAMED: Final = re.compile(
    r"\b((?:[A-Za-z0-9]{1,30}[_-]){0,3}(?:token|secret|password|passwd|signature|authorization|api[_-]?key|sessionid"
    r"|csrftoken|otp|cvv|cvc))(\\?[\"']?\s{0,3}[:=]\s{0,3}(?:[bu](?=[\"']))?\\?[\"']?)(?!\[hidden\]|Bearer\b|Basic\b)"
    r"([^\s\"'\\,;&)}\]]{1,2000})",
    re.IGNORECASE,
)
# Parts of the names above: without one of them the long look is spared.
_TELLING: Final = (
    "token",
    "secret",
    "passw",
    "signature",
    "authoriz",
    "key",
    "sessionid",
    "otp",
    "cv",
    "bearer",
    "basic",
)


def secrets_masked(text: str) -> str:
    """The text with addresses and secrets replaced; the same text where there is none."""
    if "@" in text:
        text = _EMAIL.sub(EMAIL, text)
    small = text.lower()
    if any(word in small for word in _TELLING):
        text = _BEARER.sub(rf"\1 {HIDDEN}", text)
        text = _NAMED.sub(rf"\1\2{HIDDEN}", text)
    return text
