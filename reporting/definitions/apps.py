from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    """What a figure means: formulas, duties and fees as versioned data."""

    name = "reporting.definitions"
    label = "definitions"
    verbose_name = "Definitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rows are proposed and approved."""
        from reporting.definitions.approval_kinds import definition_kind_register

        definition_kind_register()
