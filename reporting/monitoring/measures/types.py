"""What is measured: a name, a unit, a small label, and the question put to the database. No framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

Value = tuple[str, Decimal | int | float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the house, taken every minute.

    `ask` is a SELECT of (scope, value) with the named parameter %(now)s, or a function of the moment; a row with an
    absent value is left out. `label` names what the scope is; "" for figures of the whole house. `wide` labels, such
    as games, stay out of /metrics, where their worst value stands alone.
    """

    code: str
    title: str
    unit: str
    ask: str | Callable[[datetime], Iterable[Value]]
    label: str = ""
    wide: bool = False
