from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """First screens: the dashboard and the player at a glance."""

    name = "reporting.overview"
    label = "overview"
    verbose_name = "Overview"
