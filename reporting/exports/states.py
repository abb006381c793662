"""Which state of an export may follow which. Pure; the database holds the same table (migrations/sql)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reporting.exports.enums import ExportState

S = ExportState
FOLLOWS: Final[Mapping[ExportState, frozenset[ExportState]]] = {
    S.REQUESTED: frozenset({S.WAITING, S.QUEUED, S.CANCELLED}),
    S.WAITING: frozenset({S.QUEUED, S.CANCELLED}),
    S.QUEUED: frozenset({S.RUNNING, S.CANCELLED}),
    # Back to the queue when its worker was killed: the next one writes it from its beginning.
    S.RUNNING: frozenset({S.DONE, S.FAILED, S.CANCELLED, S.QUEUED}),
    S.FAILED: frozenset({S.QUEUED, S.CANCELLED}),
    S.DONE: frozenset({S.EXPIRED}),
    S.CANCELLED: frozenset(),
    S.EXPIRED: frozenset(),
}
OPEN: Final = (S.REQUESTED, S.WAITING, S.QUEUED, S.RUNNING)


def may_follow(before: ExportState, after: ExportState) -> bool:
    """Whether `after` may come right after `before`."""
    return after in FOLLOWS[before]
