from django.apps import AppConfig


class GateConfig(AppConfig):
    """May they: the one gate that every touchpoint asks."""

    name = "compliance.gate"
    label = "gate"
    verbose_name = "Gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Introduce the approval that lifts a flag."""
        from compliance.gate.approval_kinds import flag_kind_register

        flag_kind_register()
