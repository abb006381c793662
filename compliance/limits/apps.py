from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """How much and how long a player may play: the player's own limits and the house's."""

    name = "compliance.limits"
    label = "limits"
    verbose_name = "Limits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the loosening of the house's limits proposable."""
        from compliance.limits.approval_kinds import loosening_register

        loosening_register()
