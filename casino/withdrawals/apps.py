from django.apps import AppConfig


class WithdrawalsConfig(AppConfig):
    """Floor 3: withdrawals, from the wish to the money on the player's account."""

    name = "casino.withdrawals"
    label = "withdrawals"
    verbose_name = "Withdrawals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gateways tell it their news, the janitor asks about its payments, routing about its declines."""
        from casino.gateways.registry import news_handler_register, open_payments_register
        from casino.routing.registry import declines_register
        from casino.withdrawals.approval_kinds import withdrawal_kinds_register
        from casino.withdrawals.selectors.payouts import open_payouts
        from casino.withdrawals.services.news import declines_since, payout_news
        from casino.withdrawals.verification import withdrawal_promises_register

        news_handler_register(payout_news)
        open_payments_register(open_payouts)
        declines_register(declines_since)
        withdrawal_kinds_register()
        withdrawal_promises_register()
