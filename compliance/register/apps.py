from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """National registers of people who excluded themselves: asked, logged, and believed no longer than a day."""

    name = "compliance.register"
    label = "register"
    verbose_name = "National registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Introduce the dialects that registers speak."""
        from compliance.register.adapters.gamstop.client import gamstop_ask
        from compliance.register.registry import dialect_register

        dialect_register("gamstop", gamstop_ask)
