from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Floor 3: payment methods as dated data, and which way a payment goes."""

    name = "casino.routing"
    label = "routing"
    verbose_name = "Payment methods"
    default_auto_field = "django.db.models.BigAutoField"
