"""Figures by the definitions in force on each day, and the sentence that tells which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from reporting.definitions.models import DefinitionRow
from reporting.definitions.selectors.definitions import figure_by
from reporting.definitions.types import Definition

# Nothing of the kind is in the ledger: games of this house take no rake.
NOT_BOOKED: Final = {"R": Decimal(0)}


class Meanings:
    """All definitions, read once for a page, however many days it has."""

    def __init__(self) -> None:
        self._rows = list(DefinitionRow.objects.order_by("valid_from", "version"))

    def at(self, day: date) -> dict[str, Definition]:
        """Those that hold on a day."""
        return {
            row.code: Definition(
                row.code, row.version, row.title, row.formula, row.source, row.valid_from, row.verified
            )
            for row in self._rows
            if row.valid_from <= day
        }  # fmt: skip

    def value(self, code: str, measures: Mapping[str, Decimal], *, at: date) -> Decimal | None:
        """A figure by its definition on a day; None where it divides by zero."""
        return figure_by(self.at(at), code, {**NOT_BOOKED, **measures})

    def about(self, code: str, at: date) -> str:
        """ "GGR with pooled jackpots (KPI-04, version 1): …"; "" for a code that nobody defined."""
        found = self.at(at).get(code)
        return f"{found.title} ({found.code}, version {found.version}): {found.formula}" if found else ""
