from django.apps import AppConfig


class AffiliatesConfig(AppConfig):
    """Floor 4: who brought them, what is owed."""

    name = "affiliates"
    label = "affiliates"
    default_auto_field = "django.db.models.BigAutoField"
