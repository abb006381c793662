from django.apps import AppConfig


class GamesConfig(AppConfig):
    """Providers, their keys, and the games they offer."""

    name = "casino.games"
    label = "games"
    default_auto_field = "django.db.models.BigAutoField"
