"""Which state of a break may follow which. Pure; the database holds the same table (migrations/sql)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casino.reconciliation.enums import BreakState

S = BreakState
BREAKS: Final[Mapping[BreakState, frozenset[BreakState]]] = {
    S.OPEN: frozenset({S.EXPLAINED, S.CORRECTED, S.WRITTEN_OFF, S.CLOSED}),
    S.EXPLAINED: frozenset({S.OPEN, S.CORRECTED, S.WRITTEN_OFF, S.CLOSED}),
    S.CORRECTED: frozenset({S.CLOSED}),
    S.WRITTEN_OFF: frozenset({S.OPEN, S.CLOSED}),
    S.CLOSED: frozenset({S.OPEN}),
}
WAITING: Final = (S.OPEN, S.EXPLAINED)
