from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened: the record of everything that people and programs did. Stands beneath players and wallet."""

    name = "compliance.audit"
    label = "audit"
    verbose_name = "Audit trail"
    default_auto_field = "django.db.models.BigAutoField"
