from django.apps import AppConfig


class PlayConfig(AppConfig):
    """Sessions, rounds and the calls of providers."""

    name = "casino.play"
    label = "play"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casino.play.policy_effects import play_effects_register
        from casino.play.verification import play_promises_register

        play_promises_register()
        play_effects_register()
