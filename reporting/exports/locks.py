"""The one lock of an export: its row."""

from __future__ import annotations

from reporting.exports.errors import ExportUnknown
from reporting.exports.models import Export


def export_lock(export_id: int) -> Export:
    """The row, locked until the transaction ends. Raises ExportUnknown."""
    found = Export.objects.select_for_update(of=("self",)).filter(pk=export_id).first()
    if found is None:
        raise ExportUnknown
    return found
