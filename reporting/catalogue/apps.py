from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The reports: one definition each for the page, the API and the export."""

    name = "reporting.catalogue"
    label = "catalogue"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"
