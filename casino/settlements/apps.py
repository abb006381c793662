from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    """Floor 3: what gateways settled, against what we booked."""

    name = "casino.settlements"
    label = "settlements"
    verbose_name = "Settlements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the promises of settlements to those of the ledger, and what two people may propose."""
        from casino.settlements.approval_kinds import settlement_kinds_register
        from casino.settlements.verification import settlement_promises_register

        settlement_kinds_register()
        settlement_promises_register()
