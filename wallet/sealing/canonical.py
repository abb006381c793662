"""The canonical form of a sealed row: one line of JSON that two programs write alike. Pure.

Keys sorted by code point, no blanks, UTF-8 with only what JSON demands escaped. Amounts are text without exponent and
without trailing zeros, instants `2024-06-28T12:00:00.000000Z`, bytes lower-case hex, absent values null.
"""

from __future__ import annotations

import json
from typing import Final

from common.money import decimal_text as decimal_text

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_encode: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical_line(row: dict[str, Json]) -> bytes:
    """The row as its canonical line, without the closing newline that is hashed and written after it."""
    return _encode(row).encode()
