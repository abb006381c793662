from compliance.audit.models.audit_event import AuditEvent
from compliance.audit.models.history_row import HistoryRow

__all__ = ["AuditEvent", "HistoryRow"]
