from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Floor 3: payment methods as dated data, and which way a payment goes."""

    name = "casino.routing"
    label = "routing"
    verbose_name = "Payment methods"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from casino.gateways.breaker import forced_register
        from casino.routing.approval_kinds import terms_kind_register
        from casino.routing.selectors.health import switch_forces

        terms_kind_register()
        forced_register(switch_forces)
