"""Which state of a break may follow which. Pure; the database holds the same table (migrations/sql)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casino.settlements.enums import BreakState

S = BreakState
BREAKS: Final[Mapping[BreakState, frozenset[BreakState]]] = {
    S.OPEN: frozenset({S.EXPLAINED, S.CLOSED, S.SETTLED}),
    S.EXPLAINED: frozenset({S.CLOSED, S.SETTLED, S.OPEN}),
    S.CLOSED: frozenset({S.OPEN, S.SETTLED}),
    S.SETTLED: frozenset(),
}
WAITING: Final = (S.OPEN, S.EXPLAINED)
