from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Metrics, alerts, the health board and the daily verification."""

    name = "reporting.monitoring"
    label = "monitoring"
    verbose_name = "Monitoring"
    default_auto_field = "django.db.models.BigAutoField"
