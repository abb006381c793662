from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Floor 2: may they."""

    name = "compliance"
    label = "compliance"
    default_auto_field = "django.db.models.BigAutoField"
