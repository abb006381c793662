from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    """Floor 3: what gateways settled, against what we booked."""

    name = "casino.settlements"
    label = "settlements"
    verbose_name = "Settlements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the promises of settlements to those of the ledger."""
        from casino.settlements.verification import settlement_promises_register

        settlement_promises_register()
