from reporting.exports.admin.export import ExportAdmin
from reporting.exports.admin.schedule import ExportScheduleAdmin

__all__ = ["ExportAdmin", "ExportScheduleAdmin"]
