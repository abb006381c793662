"""What facts tell, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Touched:
    """A day and currency that were touched, and the commit orders that were posted there (None: settled there only)."""

    day: date
    currency: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTie:
    """One line of the promise that facts are the ledger: what facts say, what the ledger says."""

    name: str
    currency: str
    reported: Decimal
    ledger: Decimal

    @property
    def difference(self) -> Decimal:
        """Zero, or the facts are wrong."""
        return self.reported - self.ledger
