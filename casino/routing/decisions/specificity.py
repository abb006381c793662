"""Which of several rows decides for a player: the most specific one. Pure.

A segment of the player's weighs more than the brand, the brand more than the country, the country more than the
currency; a dimension that a row leaves empty fits everybody and weighs nothing. So a row for a VIP of any brand goes
before a row for one brand. Of rows that differ only by which of the player's segments they name, the first in the
alphabet decides, so that there is one answer and not two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from casino.routing.types import Circumstances


class Scoped(Protocol):
    """What a row says about whom it is for; a method's terms always name their currency."""

    brand_id: int | None
    country: str
    currency: str
    segment: str


RowT = TypeVar("RowT", bound=Scoped)


@dataclass(frozen=True, slots=True)
class Chosen(Generic[RowT]):
    """The row that decides, why, and those that it goes before."""

    row: RowT
    reason: str
    passed_over: tuple[RowT, ...]


def weight_of(row: Scoped) -> int:
    """How specific a row is: 8 for a segment, 4 for a brand, 2 for a country, 1 for a currency."""
    return 8 * bool(row.segment) + 4 * (row.brand_id is not None) + 2 * bool(row.country) + bool(row.currency)


def misfit(row: Scoped, around: Circumstances) -> str:
    """The first dimension in which a row is for others: "segment", "brand", "country" or "currency"; empty if none."""
    if row.segment and row.segment not in around.segments:
        return "segment"
    if row.brand_id is not None and row.brand_id != around.brand_id:
        return "brand"
    if row.country and row.country != around.country:
        return "country"
    if row.currency and row.currency != around.currency:
        return "currency"
    return ""


def most_specific(rows: Iterable[RowT], around: Circumstances) -> Chosen[RowT] | None:
    """The row that decides in these circumstances; None where no row fits."""
    fitting = sorted(
        (row for row in rows if not misfit(row, around)), key=lambda row: (-weight_of(row), row.segment)
    )  # fmt: skip
    if not fitting:
        return None
    return Chosen(fitting[0], reason_of(fitting[0]), tuple(fitting[1:]))


def reason_of(row: Scoped) -> str:
    """Why a row fits, in words: "for the segment vip and the country GB", or "for everybody"."""
    named = [
        *([f"the segment {row.segment}"] if row.segment else []),
        *(["the brand"] if row.brand_id is not None else []),
        *([f"the country {row.country}"] if row.country else []),
        *([f"the currency {row.currency}"] if row.currency else []),
    ]
    return f"for {' and '.join(named)}" if named else "for everybody"
