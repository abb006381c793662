from reporting.exports.models.export import Export
from reporting.exports.models.file import ExportFile
from reporting.exports.models.schedule import ExportSchedule
from reporting.exports.models.ticket import DownloadTicket

__all__ = ["DownloadTicket", "Export", "ExportFile", "ExportSchedule"]

from reporting.exports.models import history as _history  # noqa: F401 - below the models whose changes it keeps
