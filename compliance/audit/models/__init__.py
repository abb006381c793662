from compliance.audit.models.audit_event import AuditEvent
from compliance.audit.models.history_row import HistoryRow
from compliance.audit.models.threshold import Threshold
from compliance.audit.models.watch import PlayOfDay, Watch

__all__ = ["AuditEvent", "HistoryRow", "PlayOfDay", "Threshold", "Watch"]
