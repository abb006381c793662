from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened: the record of everything that people and programs did."""

    name = "compliance.audit"
    label = "audit"
    verbose_name = "Audit trail"
