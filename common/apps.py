from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Floor 0: no tables, only the application's database role and its grants."""

    name = "common"
    label = "common"
