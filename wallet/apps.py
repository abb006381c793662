from django.apps import AppConfig


class WalletConfig(AppConfig):
    """Floor 1: accounts, transactions, entries, holds, rates and their proof."""

    name = "wallet"
    label = "wallet"
    default_auto_field = "django.db.models.BigAutoField"
