from compliance.audit.admin.timeline import timeline_section

__all__ = ["timeline_section"]
