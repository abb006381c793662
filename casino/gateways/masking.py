"""Messages as staff read them: the bytes stay as they came, names, accounts and card numbers are not shown. Pure."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "•••"
# Values of members whose names say that they are about a person, or that sign something.
_MEMBER: Final = re.compile(
    r"""("?[\w.\-]*(?:name|holder|e-?mail|phone|iban|bic\b|accountnumber|address|street|city|postal|zip|birth|dob\b"""
    r"""|document|clientip|ip_?address|shopperip|token|signature|checksum|hmac|secret|password|cvv|cvc)[\w.\-]*"?"""
    r"""\s*[:=]\s*)("(?:[^"\\]|\\.)*"|[^&,\s}\]"]+)""",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+\-]+(?:@|%40)[\w\-]+(?:\.[\w\-]+)+")
_DIGITS: Final = re.compile(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){12,18}(?![\dA-Za-z])")
# Members that name payments: their digits look like card numbers, and are what people search for.
_REFERENCE: Final = re.compile(
    r"""("?[\w.\-]*(?:reference|referenceid|messageid|orderid|transactionid|uuid|event_id|"id)"?\s*[:=]\s*"?)$""",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text with what is personal or secret replaced by dots; references of payments stay."""
    text = _MEMBER.sub(lambda found: found[1] + (f'"{HIDDEN}"' if found[2].startswith('"') else HIDDEN), text)
    text = _MAIL.sub(HIDDEN, text)
    return _DIGITS.sub(_number, text)


def _number(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 60) : found.start()]
    digits = re.sub(r"\D", "", found[0])
    if _REFERENCE.search(before) or not _luhn(digits):
        return found[0]
    return f"{HIDDEN}{digits[-4:]}"


def _luhn(digits: str) -> bool:
    """Whether the digits could be a card number."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
