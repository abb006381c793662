"""What a dashboard shows. No framework here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Period:
    """Business days, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def before(self) -> Period:
        """As many days, right before."""
        length = (self.last - self.first).days + 1
        return Period(self.first - timedelta(days=length), self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure: `exact` is the unrounded amount, `about` its definition with the version, `address` its report."""

    title: str
    shown: str
    exact: str = ""
    note: str = ""
    about: str = ""
    address: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a heat map: how dark, from 0 to 5, and the words in it. None: nothing can be known yet."""

    words: str
    shade: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Cohorts by row; the figures stand in the fields, so that no colour tells anything alone."""

    title: str
    corner: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    empty: str
    address: str = ""
    note: str = field(default="")
