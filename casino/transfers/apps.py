from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Floor 3: money that stays with a provider while a player plays there."""

    name = "casino.transfers"
    label = "transfers"
    verbose_name = "Transfer wallet"
    default_auto_field = "django.db.models.BigAutoField"
