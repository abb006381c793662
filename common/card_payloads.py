"""Machines' messages without card numbers, still readable by machines: for what is kept as it came (ADR 0031).

Only the last four digits stay. JSON stays JSON and a form a form. Values under a name that says "identifier" stay as
they are: a gateway's sixteen-digit payment reference passes for a card once in a few dozen, and without it nobody
could tell which payment a message is about.
"""

from __future__ import annotations

import re
from typing import Final

from common.cards import TOKEN, card_spans

_IDENTIFIER: Final = re.compile(
    r"(?:id|ids|uuid|reference|ref|token|key|signature|checksum|timestamp|date|time|amount|value|txn|number_of\w*)$",
    re.IGNORECASE,
)
_CARDLY: Final = re.compile(r"card|pan$|account", re.IGNORECASE)
# The name before a value: "name": "… in JSON, name=… in a form, <name>… in XML.
_NAME: Final = re.compile(
    r"(?:\"([^\"\\]{1,80})\"\s*:\s*\"?|(?:^|[?&])([^=&]{1,80})=|<([A-Za-z][\w.-]{0,79})>)[^\"&<]{0,200}$"
)
_BARE_NUMBER: Final = re.compile(r"[:\[,]\s*$")
LOOK_BACK: Final = 300
KEPT: Final = 4


def payload_masked(body: bytes) -> bytes:
    """The bytes with card numbers masked but for their last four digits; the same bytes where there is none."""
    text = body.decode("utf-8", "surrogateescape")
    masked = text_masked(text)
    return body if masked is text else masked.encode("utf-8", "surrogateescape")


def text_masked(text: str) -> str:
    """The same for text, such as a query string."""
    pieces: list[str] = []
    done = 0
    for start, end in card_spans(text):
        before = text[max(0, start - LOOK_BACK) : start]
        if not _named_identifier(before):
            pieces += (text[done:start], _stars(text[start:end], "9" if _bare(before, text[end:]) else "*"))
            done = end
    return "".join([*pieces, text[done:]]) if done else text


def _named_identifier(before: str) -> bool:
    found = _NAME.search(before)
    name = next((group for group in found.groups() if group), "") if found else ""
    return _IDENTIFIER.search(name) is not None and _CARDLY.search(name) is None


def _bare(before: str, after: str) -> bool:
    """Whether the digits are a JSON number, which stars would break."""
    return _BARE_NUMBER.search(before) is not None and (after.lstrip()[:1] in {",", "}", "]"})


def _stars(card: str, star: str) -> str:
    digits = [token.start() for token in TOKEN.finditer(card) if token.lastgroup == "digit"]
    hidden = set(digits[:-KEPT])
    return TOKEN.sub(lambda token: star if token.start() in hidden else token.group(), card)
