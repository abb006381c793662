"""Tables below a record: what belongs to it, each with a sentence for when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """One table. Cells are plain text, which the template escapes, or the safe text of `display`.

    `links` are (text, address) pairs shown in the head of the table, such as "Older" or "All of them". Without
    `permission` ("wallet.view_account") the table is left out of the page.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str
    note: str = ""
    links: Sequence[tuple[str, str]] = field(default_factory=tuple)
    permission: str = ""
