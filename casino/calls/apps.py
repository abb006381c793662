from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Every call of a game provider, kept for disputes: what was asked, what was answered, how long it took."""

    name = "casino.calls"
    label = "calls"
    verbose_name = "Provider calls"
