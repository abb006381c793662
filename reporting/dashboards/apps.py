from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Charts that a person reads at a glance."""

    name = "reporting.dashboards"
    label = "dashboards"
    verbose_name = "Dashboards"
    default_auto_field = "django.db.models.BigAutoField"
