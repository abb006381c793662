"""Every change of a schedule is kept, whoever makes it."""

from compliance.audit.history import history_kept
from reporting.exports.models.schedule import ExportSchedule

history_kept(ExportSchedule)
