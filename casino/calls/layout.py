"""Bytes of a call as a person reads them: JSON indented, every token left exactly as it was sent."""

from __future__ import annotations

import json
import re
from typing import Final

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
# Deeper than any call of the contract: the rest would only be indentation.
_MAX_DEPTH: Final = 40


def laid_out(raw: bytes) -> str:
    """JSON on indented lines, with numbers, escapes and repeated keys as they came; anything else as plain text.

    Bytes that are not UTF-8 show as escapes. The text is not safe for HTML: the template escapes it.
    """
    text = raw.decode("utf-8", "backslashreplace")
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return text
    pieces: list[str] = []
    depth = 0
    before = ""
    for word in _TOKEN.findall(text):
        if word in "}]":
            depth -= 1
        starts_line = (before in ("{", "[", ",") or word in "}]") and before + word not in ("{}", "[]")
        if before and starts_line:
            pieces.append("\n" + "  " * min(depth, _MAX_DEPTH))
        pieces.append(": " if word == ":" else word)
        if word in "{[":
            depth += 1
        before = word
    return "".join(pieces)


_FROM_RECORD: Final = {"booked": "ok", "refused": "refused", "tombstone": "rolled back"}


def outcome_words(outcome: str) -> str:
    """An outcome as people read it: a call that was answered from the record tells what stands on record."""
    return f"{_FROM_RECORD[outcome]}, from the record" if outcome in _FROM_RECORD else outcome
