"""Where a page of a report begins: the key of the row before it, as a word for addresses. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reporting.catalogue.errors import QuestionRefused

LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """Rows after `key`, or before it. PostgreSQL reads the key's texts as what the columns are."""

    key: Sequence[object] = ()
    backwards: bool = False

    @property
    def text(self) -> str:
        """For an address."""
        told = json.dumps([int(self.backwards), *(str(value) for value in self.key)], separators=(",", ":"))
        return urlsafe_b64encode(told.encode()).decode().rstrip("=")

    @property
    def placeholders(self) -> str:
        """The key's parameters as SQL."""
        return ", ".join(f"%({name})s" for name in self.parameters)

    @property
    def parameters(self) -> dict[str, object]:
        """The key by the names of its parameters."""
        return {f"cursor_{number}": value for number, value in enumerate(self.key)}


def cursor_read(text: str, columns: int) -> Cursor:
    """The cursor of an address; "" is the beginning. Raises QuestionRefused where it is none of ours."""
    if not text:
        return Cursor()
    try:
        found = json.loads(urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text[:LONGEST]) % 4)))
        backwards, *key = found
        if (
            len(key) != columns
            or backwards not in (0, 1)
            or any(not isinstance(one, str) or "\0" in one for one in key)
        ):
            raise ValueError
    except (ValueError, TypeError):
        raise bad_cursor() from None
    return Cursor(tuple(key), backwards=bool(backwards))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def bad_cursor() -> QuestionRefused:
    """For a word that no page of this report gave."""
    return QuestionRefused(field="after", problem="This is no place in the report: begin at its first page.")
