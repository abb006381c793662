from django.apps import AppConfig


class GeoConfig(AppConfig):
    """Floor 2: where players play from, and whether all of where they may be lies inside the border."""

    name = "compliance.geo"
    label = "geo"
    verbose_name = "Location"
    default_auto_field = "django.db.models.BigAutoField"
