from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """The flows in which players come and go: registration, sign-in, breaks and exclusions. No tables of its own."""

    name = "casino.entrance"
    label = "entrance"
