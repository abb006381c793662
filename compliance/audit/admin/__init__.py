from common.backoffice.timelines import timeline_register
from compliance.audit.admin.audit_event import AuditEventAdmin
from compliance.audit.admin.threshold import ThresholdAdmin
from compliance.audit.admin.timeline import timeline_section

__all__ = ["AuditEventAdmin", "ThresholdAdmin", "timeline_section"]

timeline_register(timeline_section)
