from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Metrics, alerts, the health board and the daily verification."""

    name = "reporting.monitoring"
    label = "monitoring"
    verbose_name = "Monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have tasks carry when they were sent; lifting a freeze of P1 takes two people."""
        from reporting.monitoring.approval_kinds import incident_kind_register
        from reporting.monitoring.pulse import pulse_begin

        pulse_begin()
        incident_kind_register()
