from django.apps import AppConfig


class GamesConfig(AppConfig):
    """Providers, their keys, and the games they offer."""

    name = "casino.games"
    label = "games"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from casino.games.approval_kinds import provider_kinds_register

        provider_kinds_register()
