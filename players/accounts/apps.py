from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """How players sign in, and what they agreed to."""

    name = "players.accounts"
    label = "accounts"
    verbose_name = "Player accounts"
