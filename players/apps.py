from django.apps import AppConfig


class PlayersConfig(AppConfig):
    """Floor 1: who plays, and under which brand."""

    name = "players"
    label = "players"
    default_auto_field = "django.db.models.BigAutoField"
