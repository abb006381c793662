"""How exports are told to people."""

from __future__ import annotations

from common.backoffice.display import span
from reporting.catalogue.registry import all_reports
from reporting.exports.enums import ExportState
from reporting.exports.selectors.progress import Progress


def report_title(code: str) -> str:
    """The report's title, or its code when the catalogue has it no more."""
    report = all_reports().get(code)
    return report.title if report is not None else code


def bytes_words(count: int) -> str:
    """ "12.3 MB", in thousands as disks are sold."""
    size, units = float(count), ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size /= 1000
        units.pop(0)
    return f"{size:.0f} {units[0]}" if units[0] == "bytes" else f"{size:.1f} {units[0]}"


def progress_words(found: Progress) -> str:
    """ "120,000 of 1,000,000 rows, 85,000 a second, 10 s left"; what it waits for otherwise."""
    match found.state:
        case ExportState.WAITING:
            return "A colleague has to approve it first."
        case ExportState.QUEUED:
            return "It waits for a free worker."
        case ExportState.RUNNING if found.total is None:
            return "The rows are being counted."
        case ExportState.RUNNING:
            told = f"{found.done:,} of {found.total:,} rows"
            if found.rate:
                told += f", {found.rate:,.0f} a second"
            return told if found.seconds_left is None else f"{told}, {span(found.seconds_left + 1)} left"
        case ExportState.DONE:
            return f"{found.done:,} rows."
        case ExportState.EXPIRED:
            return f"{found.done:,} rows were in it. The file is deleted, the record stays."
    return found.label + "."
