from django.apps import AppConfig


class CashierConfig(AppConfig):
    """Floor 3: deposits and what becomes of them: refunds, chargebacks, conversion, means of payment."""

    name = "casino.cashier"
    label = "cashier"
    verbose_name = "Cashier"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gateways tell it their news, the janitor asks about its deposits, routing about declines."""
        from casino.cashier.approval_kinds import cashier_kinds_register
        from casino.cashier.selectors.declines import declines_since
        from casino.cashier.selectors.orders import open_deposits
        from casino.cashier.services.endings import deposits_of_excluded_cancel
        from casino.cashier.services.news import deposit_news
        from casino.cashier.verification import cashier_promises_register
        from casino.gateways.registry import news_handler_register, open_payments_register
        from casino.routing.registry import declines_register
        from compliance.exclusions.effects import exclusion_effect_register

        news_handler_register(deposit_news)
        open_payments_register(open_deposits)
        declines_register(declines_since)
        exclusion_effect_register(deposits_of_excluded_cancel)
        cashier_kinds_register()
        cashier_promises_register()
