from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Floor 5: what happened."""

    name = "reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
