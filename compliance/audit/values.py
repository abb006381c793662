"""Values as the trail keeps them: canonical, bounded, and without characters that hide or forge text. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final
from uuid import UUID

from common.clock import instant_text
from common.money import decimal_text
from compliance.audit.types import Json

TEXT_MOST: Final = 2_000
ITEMS_MOST: Final = 200
DEPTH_MOST: Final = 6
_INTEGER_MOST: Final = 2**63
# Line ends and tabs are text; every other control, and what turns or hides letters, shows as its code.
_KEPT: Final = frozenset("\n\t")
_SHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_text(text: str, most: int = TEXT_MOST) -> str:
    """The text with control and direction characters as their codes ("\\u202e"), cut to `most` characters with "…"."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    shown = "".join(
        f"\\u{ord(letter):04x}" if letter not in _KEPT and unicodedata.category(letter) in _SHOWN else letter
        for letter in cut
    )
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def canonical_fields(fields: Mapping[str, object] | None) -> dict[str, Json] | None:
    """Declared fields in canonical form: amounts as text, instants in UTC with microseconds. Raises TypeError."""
    if fields is None:
        return None
    found = _canonical(dict(fields), 0)
    assert isinstance(found, dict)
    return found


def _canonical(value: object, depth: int) -> Json:
    if isinstance(value, Enum):
        value = value.value
    match value:
        case None | bool():
            return value
        case int():
            return value if -_INTEGER_MOST <= value < _INTEGER_MOST else clean_text(str(value))
        case str():
            return clean_text(value)
        case Decimal():
            return decimal_text(value) if value.is_finite() else str(value)
        case datetime():
            return instant_text(value)
        case date() | UUID():
            return str(value)
    if depth == DEPTH_MOST:
        return "…"
    match value:
        case Mapping():
            kept = list(value.items())[:ITEMS_MOST]
            found = {clean_text(str(key), 100): _canonical(item, depth + 1) for key, item in kept}
            return found if len(value) <= ITEMS_MOST else found | {"…": f"{len(value) - ITEMS_MOST} more"}
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=repr) if isinstance(value, set | frozenset) else list(value)
            listed = [_canonical(item, depth + 1) for item in items[:ITEMS_MOST]]
            return listed if len(items) <= ITEMS_MOST else [*listed, f"… {len(items) - ITEMS_MOST} more"]
    raise TypeError(f"the audit trail keeps no {type(value).__name__}: say it as text")
