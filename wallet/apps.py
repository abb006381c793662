from django.apps import AppConfig


class WalletConfig(AppConfig):
    """Floor 1: accounts, transactions, entries, holds, rates and their proof."""

    name = "wallet"
    label = "wallet"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from wallet.verification.wallet_promises import wallet_promises_register

        wallet_promises_register()
