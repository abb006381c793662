from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Reports as signed files, made in the background."""

    name = "reporting.exports"
    label = "exports"
    verbose_name = "Exports"
    default_auto_field = "django.db.models.BigAutoField"
