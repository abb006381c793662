"""Who hears how many rows are written, and says whether to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Rows = int
# Called with the rows written so far; it raises to stop the writing.
Heard = Callable[[Rows], None]
EVERY_ROWS: Final = 5_000


def unheard(_rows: Rows) -> None:
    """For whoever needs no progress."""
