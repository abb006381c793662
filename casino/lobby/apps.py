from django.apps import AppConfig


class LobbyConfig(AppConfig):
    """Floor 3: the games that a player is offered, and launching one of them."""

    name = "casino.lobby"
    label = "lobby"
    verbose_name = "Lobby"
    default_auto_field = "django.db.models.BigAutoField"
