from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    """What a figure means: formulas, duties and fees as versioned data."""

    name = "reporting.definitions"
    label = "definitions"
    verbose_name = "Definitions"
    default_auto_field = "django.db.models.BigAutoField"
