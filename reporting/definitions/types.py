"""What definitions tell, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means on a day. A report prints `code` and `version` of each that it used."""

    code: str
    version: int
    title: str
    formula: str
    source: str
    valid_from: date
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """A tax of a jurisdiction as it holds on a day: `rate` (0.21 is 21 %) of what the definition `base` comes to."""

    jurisdiction: str
    tax: str
    version: int
    title: str
    rate: Decimal
    base: str
    source: str
    valid_from: date
    verified: bool

    def due(self, base: Decimal) -> Decimal:
        """The tax on `base`; nothing on a loss."""
        return max(base, Decimal(0)) * self.rate
