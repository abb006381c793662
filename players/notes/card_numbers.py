"""SEC-04: telling a payment card number in free text. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# 13 to 19 digits, in groups or not; what people put between them does not hide a number.
_CANDIDATE: Final = re.compile(r"\d(?:[ \t\r\n\u00a0\u2009\u202f._/\-\u2010-\u2015]{0,3}\d){12,}")
_SHORTEST, _LONGEST = 13, 19


def has_card_number(text: str) -> bool:
    """Whether a run of digits in the text passes the Luhn check at a card number's length.

    Digits of any script count; a longer run is looked through for a card number inside it only where the number
    stands in a group of its own, since half of all long reference numbers would contain one by chance.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")  # zero-width signs between digits
    for found in _CANDIDATE.finditer(plain):
        groups = re.findall(r"\d+", found.group())
        if any(_is_card(run) for run in _runs(groups)):
            return True
    return False


def _runs(groups: list[str]) -> list[str]:
    """Every sequence of neighbouring groups that is as long as a card number."""
    runs: list[str] = []
    for first in range(len(groups)):
        joined = ""
        for group in groups[first:]:
            joined += group
            if len(joined) > _LONGEST:
                break
            if len(joined) >= _SHORTEST:
                runs.append(joined)
    return runs


def _is_card(digits: str) -> bool:
    if len(set(digits)) == 1:  # 0000 0000 0000 0000 passes the check and is nobody's card
        return False
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
