from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Settled play and moved money by business day, out of the ledger."""

    name = "reporting.facts"
    label = "facts"
    verbose_name = "Facts"
    default_auto_field = "django.db.models.BigAutoField"
