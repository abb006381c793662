"""What part of the house somebody may see: brands and jurisdictions, as their roles were granted.

A scope is a union of parts, since a person may hold one role for one brand and another for one jurisdiction. Joining
them into one set of brands and one of jurisdictions would open what nobody granted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class ScopePart:
    """One grant's reach; None is every brand, or every jurisdiction."""

    brands: frozenset[int] | None = None
    jurisdictions: frozenset[str] | None = None

    def admits(self, brand_id: int | None, jurisdiction: str | None) -> bool:
        """Whether a row of this brand and jurisdiction lies within; a row without one needs a part without limits."""
        return (self.brands is None or brand_id in self.brands) and (
            self.jurisdictions is None or jurisdiction in self.jurisdictions
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that one permission reaches for one person. No part at all reaches nothing."""

    parts: tuple[ScopePart, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing is held back."""
        return any(part.brands is None and part.jurisdictions is None for part in self.parts)

    @property
    def brands(self) -> frozenset[int] | None:
        """The brands that any part reaches; None for all. For choices to offer, not for deciding about a row."""
        if any(part.brands is None for part in self.parts):
            return None
        return frozenset(brand for part in self.parts for brand in part.brands or ())

    @property
    def jurisdictions(self) -> frozenset[str] | None:
        """The jurisdictions that any part reaches; None for all. For choices to offer, not for deciding about a row."""
        if any(part.jurisdictions is None for part in self.parts):
            return None
        return frozenset(word for part in self.parts for word in part.jurisdictions or ())

    def admits(self, *, brand_id: int | None, jurisdiction: str | None) -> bool:
        """Whether a row of this brand and jurisdiction may be seen."""
        return any(part.admits(brand_id, jurisdiction) for part in self.parts)


EVERYTHING: Final = Scope((ScopePart(),))
NOTHING: Final = Scope()


class Narrowing(Protocol):
    """How a table keeps its rows to a scope. Every screen names one as its `scope`."""

    @property
    def indexed(self) -> bool:
        """Whether an index serves the narrowed list, so that it is whole."""
        ...

    def narrow(self, rows: QuerySet[Row], scope: Scope) -> QuerySet[Row]:
        """The rows that lie within the scope."""
        ...


@dataclass(frozen=True, slots=True)
class Scoping:
    """By look-ups of the brand's id and of the jurisdiction's code. A row without a brand lies in no limited scope,
    unless `or_house` names the look-up that is empty where a row concerns the whole house, such as a stop of all play.

    A part whose limit has no look-up here reaches nothing: what can not be told apart is not shown. `indexed` says
    that an index on the brand serves the list; others look through its newest rows (common.backoffice.lists).
    """

    brand: str = ""
    jurisdiction: str = ""
    or_house: str = ""
    indexed: bool = False

    def narrow(self, rows: QuerySet[Row], scope: Scope) -> QuerySet[Row]:
        """The rows that lie within the scope."""
        if scope.everything:
            return rows
        if not (within := [wanted for part in scope.parts if (wanted := self._within(part)) is not None]):
            return rows.none()
        if self.or_house:
            within.append(Q(**{f"{self.or_house}__isnull": True}))
        return rows.filter(reduce(or_, within))

    def _within(self, part: ScopePart) -> Q | None:
        wanted: dict[str, Any] = {}
        for lookup, values in ((self.brand, part.brands), (self.jurisdiction, part.jurisdictions)):
            if values is None:
                continue
            if not lookup:
                return None
            wanted[f"{lookup}__in"] = sorted(values)
        return Q(**wanted)


@dataclass(frozen=True, slots=True)
class HouseWide:
    """A table that belongs to no brand, with the reason why everybody with the permission sees all of it."""

    reason: str
    indexed: bool = True

    def narrow(self, rows: QuerySet[Row], _scope: Scope) -> QuerySet[Row]:
        """All rows."""
        return rows


PLAYER: Final = Scoping(brand="player__brand_id", jurisdiction="player__jurisdiction")
