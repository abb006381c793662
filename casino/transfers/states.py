"""What may follow what, as data: checked in Python and by triggers of the database, which a test compares."""

from __future__ import annotations

from typing import Final

from casino.transfers.enums import LegState, VisitState
from common.errors import BrokenPromise

V = VisitState
L = LegState
VISIT_STEPS: Final[dict[VisitState, frozenset[VisitState]]] = {
    V.OPENING: frozenset({V.AT_PROVIDER, V.REFUSED, V.ABORTED}),
    V.AT_PROVIDER: frozenset({V.RETURNING}),
    V.RETURNING: frozenset({V.CLOSED}),
    V.CLOSED: frozenset(),
    V.REFUSED: frozenset(),
    V.ABORTED: frozenset(),
}
LEG_STEPS: Final[dict[LegState, frozenset[LegState]]] = {
    L.PLANNED: frozenset({L.SENT, L.FAILED}),
    L.SENT: frozenset({L.CONFIRMED, L.FAILED, L.UNKNOWN}),
    # Back to sent: the same movement again, under the same reference.
    L.UNKNOWN: frozenset({L.CONFIRMED, L.FAILED, L.SENT}),
    L.CONFIRMED: frozenset(),
    L.FAILED: frozenset(),
}
OPEN_VISITS: Final = (V.OPENING, V.AT_PROVIDER, V.RETURNING)
OPEN_LEGS: Final = (L.PLANNED, L.SENT, L.UNKNOWN)


def visit_step(before: str, after: VisitState) -> VisitState:
    """The state after a step; staying is none. Raises BrokenPromise for a step that may not be."""
    if before != after and after not in VISIT_STEPS[VisitState(before)]:
        raise BrokenPromise(f"a stay does not go from {before} to {after}")
    return after


def leg_step(before: str, after: LegState) -> LegState:
    """The same for a transfer."""
    if before != after and after not in LEG_STEPS[LegState(before)]:
        raise BrokenPromise(f"a transfer does not go from {before} to {after}")
    return after
