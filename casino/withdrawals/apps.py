from django.apps import AppConfig


class WithdrawalsConfig(AppConfig):
    """Floor 3: withdrawals, from the wish to the money on the player's account."""

    name = "casino.withdrawals"
    label = "withdrawals"
    verbose_name = "Withdrawals"
    default_auto_field = "django.db.models.BigAutoField"
