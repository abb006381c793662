from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Providers' statements matched to our books, transaction by transaction."""

    name = "casino.reconciliation"
    label = "reconciliation"
    verbose_name = "Reconciliation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make corrections proposable."""
        from casino.reconciliation.approval_kinds import correction_kind_register

        correction_kind_register()
