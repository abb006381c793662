from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Floor 2: the regulated numbers of each jurisdiction, as dated rows."""

    name = "compliance.policy"
    label = "policy"
    verbose_name = "Jurisdiction policy"
    default_auto_field = "django.db.models.BigAutoField"
