"""How far an export is, as its page tells it every second."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.exports.enums import ExportState
from reporting.exports.models import Export
from reporting.exports.states import OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """`rate` is rows a second, `seconds_left` None while nobody knows; `open` says whether it still moves."""

    state: str
    label: str
    done: int
    total: int | None
    rate: float
    seconds_left: float | None
    open: bool

    @property
    def percent(self) -> int | None:
        """0 to 100; None while the rows are not counted."""
        if self.state == ExportState.DONE:
            return 100
        return None if not self.total else min(100, 100 * self.done // self.total)


def progress_of(export: Export) -> Progress:
    """From the last sign of life of its worker."""
    rate, left = 0.0, None
    if export.state == ExportState.RUNNING and export.beat_at is not None and export.started_at is not None:
        seconds = (export.beat_at - export.started_at).total_seconds()
        rate = export.rows_done / seconds if seconds > 0 else 0.0
        if rate and export.rows_total is not None:
            left = max(0, export.rows_total - export.rows_done) / rate
    return Progress(
        state=export.state, label=export.get_state_display(), done=export.rows_done, total=export.rows_total,
        rate=rate, seconds_left=left, open=export.state in OPEN,
    )  # fmt: skip
