from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    """Floor 3: payment gateways: what they are asked, what they say, whether they answer."""

    name = "casino.gateways"
    label = "gateways"
    verbose_name = "Payment gateways"
    default_auto_field = "django.db.models.BigAutoField"
