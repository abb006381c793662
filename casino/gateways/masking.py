"""Messages as staff read them: the bytes stay as they came, names, accounts and card numbers are not shown. Pure."""

from __future__ import annotations

import re
from typing import Final

from common.card_payloads import text_masked

HIDDEN: Final = "•••"
# Values of members whose names say that they are about a person, or that sign something.
_MEMBER: Final = re.compile(
    r"""("?[\w.\-]*(?:name|holder|e-?mail|phone|iban|bic\b|accountnumber|address|street|city|postal|zip|birth|dob\b"""
    r"""|document|clientip|ip_?address|shopperip|token|signature|checksum|hmac|secret|password|cvv|cvc)[\w.\-]*"?"""
    r"""\s*[:=]\s*)("(?:[^"\\]|\\.)*"|[^&,\s}\]"]+)""",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+\-]+(?:@|%40)[\w\-]+(?:\.[\w\-]+)+")


def masked(text: str) -> str:
    """The text with what is personal or secret replaced by dots; references of payments stay."""
    text = _MEMBER.sub(lambda found: found[1] + (f'"{HIDDEN}"' if found[2].startswith('"') else HIDDEN), text)
    return text_masked(_MAIL.sub(HIDDEN, text))
