from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Settled play and moved money by business day, out of the ledger."""

    name = "reporting.facts"
    label = "facts"
    verbose_name = "Facts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have `verify_ledger` hold the facts against the ledger."""
        from reporting.facts.verification import facts_promises_register

        facts_promises_register()
