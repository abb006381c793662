from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Floor 2: the regulated numbers of each jurisdiction, as dated rows."""

    name = "compliance.policy"
    label = "policy"
    verbose_name = "Jurisdiction policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from compliance.policy.approval_kinds import policy_kind_register
        from compliance.policy.effect_counters import effect_counters_register

        policy_kind_register()
        effect_counters_register()
