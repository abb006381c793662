"""Moving an export from state to state. The caller holds its row."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from reporting.exports.enums import ExportState
from reporting.exports.errors import ExportStateRefused
from reporting.exports.models import Export
from reporting.exports.states import may_follow

_ENDS: Final = (ExportState.DONE, ExportState.FAILED, ExportState.CANCELLED, ExportState.EXPIRED)


def export_move(export: Export, state: ExportState, *, now: datetime, **fields: object) -> str:
    """Save the new state and `fields`; returns the state it left. Raises ExportStateRefused."""
    before = ExportState(export.state)
    if not may_follow(before, state):
        raise ExportStateRefused(state=before)
    export.state = state
    if state is not ExportState.EXPIRED:
        export.ended_at = now if state in _ENDS else None
    for name, value in fields.items():
        setattr(export, name, value)
    export.save(update_fields=["state", "ended_at", *fields])
    return before
