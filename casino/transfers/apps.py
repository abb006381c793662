from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Floor 3: money that stays with a provider while a player plays there."""

    name = "casino.transfers"
    label = "transfers"
    verbose_name = "Transfer wallet"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The adapters introduce themselves; the promises are checked by verify_ledger."""
        from casino.games.enums import ProviderProtocol
        from casino.transfers.adapters.transfer_v1.client import TransferV1
        from casino.transfers.registry import dialect_register
        from casino.transfers.verification import transfer_promises_register

        dialect_register(ProviderProtocol.TRANSFER_V1, TransferV1())
        transfer_promises_register()
