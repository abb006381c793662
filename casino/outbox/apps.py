from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Floor 3: facts announced upwards, written in the transaction of the fact, read by cursor in commit order."""

    name = "casino.outbox"
    label = "outbox"
    verbose_name = "Outbox"
    default_auto_field = "django.db.models.BigAutoField"
