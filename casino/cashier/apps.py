from django.apps import AppConfig


class CashierConfig(AppConfig):
    """Floor 3: deposits and withdrawals, from the wish to the settled file."""

    name = "casino.cashier"
    label = "cashier"
    verbose_name = "Cashier"
    default_auto_field = "django.db.models.BigAutoField"
