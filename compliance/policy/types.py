"""The policy of a jurisdiction at an instant. No framework here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from compliance.policy.catalogue import CATALOGUE
from compliance.policy.errors import PolicyMissing
from compliance.policy.keys import PolicyKey
from compliance.policy.shapes import Money
from compliance.policy.spans import Span


@dataclass(frozen=True, slots=True)
class RowInForce:
    """One row as it stood: its number is the evidence of a decision made by it."""

    id: int
    jurisdiction: str
    key: PolicyKey
    value: Any
    effective_from: datetime
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """The rows in force of a jurisdiction, its fallback's where it has none. None always means: no such rule.

    A key without any row raises PolicyMissing; a getter that does not fit the key's shape is a programming error.
    """

    jurisdiction: str
    rows: Mapping[PolicyKey, RowInForce]
    _read: dict[PolicyKey, Any] = field(default_factory=dict, compare=False, repr=False)

    def row(self, key: PolicyKey) -> RowInForce:
        """The row in force."""
        if key not in self.rows:
            raise PolicyMissing(f"no row of {key} in force for {self.jurisdiction}")
        return self.rows[key]

    def row_id(self, key: PolicyKey) -> int:
        """The number of the row in force, for evidence."""
        return self.row(key).id

    def value(self, key: PolicyKey) -> Any:
        """The value as its shape reads it."""
        if key not in self._read:
            stored = self.row(key).value
            self._read[key] = None if stored is None else CATALOGUE[key].shape.read(stored)
        return self._read[key]

    def number(self, key: PolicyKey) -> int | None:
        """A whole number: years of age, months."""
        return self._whole(key)

    def days(self, key: PolicyKey) -> timedelta | None:
        """A length of time kept in days."""
        return None if (whole := self._whole(key)) is None else timedelta(days=whole)

    def hours(self, key: PolicyKey) -> timedelta | None:
        """A length of time kept in hours."""
        return None if (whole := self._whole(key)) is None else timedelta(hours=whole)

    def minutes(self, key: PolicyKey) -> timedelta | None:
        """A length of time kept in minutes."""
        return None if (whole := self._whole(key)) is None else timedelta(minutes=whole)

    def flag(self, key: PolicyKey) -> bool:
        """Yes or no."""
        value = self.value(key)
        assert isinstance(value, bool), key
        return value

    def money(self, key: PolicyKey) -> Money | None:
        """An amount with its currency."""
        value = self.value(key)
        assert value is None or isinstance(value, Money), key
        return value

    def amount(self, key: PolicyKey) -> Decimal | None:
        """A decimal: the amount of money (its currency is `money(key).currency`), seconds, or times."""
        value = self.value(key)
        if isinstance(value, Money):
            return value.amount
        assert value is None or isinstance(value, Decimal), key
        return value

    def word(self, key: PolicyKey) -> str | None:
        """One word of the key's list."""
        value = self.value(key)
        assert value is None or isinstance(value, str), key
        return value

    def words(self, key: PolicyKey) -> tuple[str, ...]:
        """Several words of the key's list, in its order; lengths of time as their text."""
        value = self.value(key)
        if value is None:
            return ()
        assert isinstance(value, tuple), key
        return tuple(part.text if isinstance(part, Span) else str(part) for part in value)

    def spans(self, key: PolicyKey) -> tuple[Span, ...]:
        """Lengths of time; `Span.end_after(start, policy.zone)` tells when each ends."""
        return tuple(self.value(key) or ())

    def table(self, key: PolicyKey) -> dict[str, Any] | None:
        """Several named values together, each as its shape reads it; names and shapes stand in `catalogue.py`."""
        value = self.value(key)
        assert value is None or isinstance(value, dict), key
        return value

    def stake_cap(self, key: PolicyKey, age: int) -> Money | None:
        """The largest stake of somebody of that age; the youngest band where somebody is younger still."""
        bands: tuple[tuple[int, Money], ...] = self.value(key) or ()
        if not bands:
            return None
        return next((money for from_age, money in reversed(bands) if age >= from_age), bands[0][1])

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the jurisdiction reads dates."""
        value = self.value(PolicyKey.JURISDICTION_ZONE)
        assert isinstance(value, ZoneInfo)
        return value

    def _whole(self, key: PolicyKey) -> int | None:
        value = self.value(key)
        assert value is None or (isinstance(value, int) and not isinstance(value, bool)), key
        return value
