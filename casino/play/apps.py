from django.apps import AppConfig


class PlayConfig(AppConfig):
    """Sessions, rounds and the calls of providers."""

    name = "casino.play"
    label = "play"
    default_auto_field = "django.db.models.BigAutoField"
