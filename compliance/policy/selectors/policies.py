"""Which rows are in force at an instant: for every rule of compliance, and for explaining past decisions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count, Max

from compliance.policy.keys import PolicyKey
from compliance.policy.models import PolicyRow
from compliance.policy.models.policy_row import FALLBACK
from compliance.policy.types import Policy, RowInForce

KNOWN: Final = frozenset(PolicyKey)
MOST_REMEMBERED: Final = 64  # jurisdictions; each with the stretches of time that were asked for


@dataclass(slots=True)
class _Book:
    """All rows of a jurisdiction and its fallback, as of a number and count of rows, and policies made of them."""

    version: tuple[int, int]
    rows: list[RowInForce]
    changes: list[datetime]
    policies: dict[int, Policy] = field(default_factory=dict)


_books: Final[dict[str, _Book]] = {}


def policy_of(*, jurisdiction: str, now: datetime) -> Policy:
    """The policy in force at `now`, which may be any instant, past or to come.

    Costs one small query; rows are read again when there are more of them, and typed once per stretch between changes.
    """
    book = _book(jurisdiction)
    stretch = bisect_right(book.changes, now)
    if stretch not in book.policies:
        book.policies[stretch] = _in_force(jurisdiction, book.rows, now)
    return book.policies[stretch]


def policy_next_change(*, jurisdiction: str, now: datetime) -> datetime | None:
    """The first instant after `now` at which a row that is known today takes effect."""
    changes = _book(jurisdiction).changes
    stretch = bisect_right(changes, now)
    return changes[stretch] if stretch < len(changes) else None


def policy_forget() -> None:
    """Drop what this process remembers."""
    _books.clear()


def _book(jurisdiction: str) -> _Book:
    counted = PolicyRow.objects.aggregate(last=Max("pk"), number=Count("pk"))
    version = (counted["last"] or 0, counted["number"])
    book = _books.get(jurisdiction)
    if book is None or book.version != version:
        if len(_books) >= MOST_REMEMBERED:
            _books.clear()
        rows = _rows(jurisdiction)
        book = _books[jurisdiction] = _Book(version, rows, sorted({row.effective_from for row in rows}))
    return book


def _rows(jurisdiction: str) -> list[RowInForce]:
    """Oldest first. A key that this release does not know, written by a newer one, is left out."""
    found = PolicyRow.objects.filter(jurisdiction__in=[jurisdiction, FALLBACK]).order_by("effective_from", "pk")
    return [
        RowInForce(
            row.pk, row.jurisdiction, PolicyKey(row.key), row.value, row.effective_from, row.source, row.verified
        )
        for row in found
        if row.key in KNOWN
    ]


def _in_force(jurisdiction: str, rows: list[RowInForce], now: datetime) -> Policy:
    own: dict[PolicyKey, RowInForce] = {}
    fallback: dict[PolicyKey, RowInForce] = {}
    for row in rows:
        if row.effective_from <= now:
            (own if row.jurisdiction == jurisdiction else fallback)[row.key] = row
    return Policy(jurisdiction, fallback | own)
