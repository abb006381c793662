from django.apps import AppConfig


class PersonalConfig(AppConfig):
    """Personal data in a vault of its own."""

    name = "players.personal"
    label = "personal"
    verbose_name = "Personal data"
