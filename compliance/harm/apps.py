from django.apps import AppConfig


class HarmConfig(AppConfig):
    """Floor 2: who may be coming to harm, and what was done about it."""

    name = "compliance.harm"
    label = "harm"
    verbose_name = "Safer gambling"
    default_auto_field = "django.db.models.BigAutoField"
