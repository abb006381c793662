from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Providers' statements matched to our books, transaction by transaction."""

    name = "casino.reconciliation"
    label = "reconciliation"
    verbose_name = "Reconciliation"
    default_auto_field = "django.db.models.BigAutoField"
