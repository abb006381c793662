from django.apps import AppConfig


class ExclusionsConfig(AppConfig):
    """Breaks and exclusions: chosen by players, placed by the operator, told by a national register."""

    name = "compliance.exclusions"
    label = "exclusions"
    verbose_name = "Exclusions"
    default_auto_field = "django.db.models.BigAutoField"
