from django.apps import AppConfig


class JackpotsConfig(AppConfig):
    """Jackpots and their pools."""

    name = "casino.jackpots"
    label = "jackpots"
    default_auto_field = "django.db.models.BigAutoField"
