from django.apps import AppConfig


class HarmConfig(AppConfig):
    """Floor 2: who may be coming to harm, and what was done about it."""

    name = "compliance.harm"
    label = "harm"
    verbose_name = "Safer gambling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from compliance.harm.policy_effects import policy_effects_register

        policy_effects_register()
