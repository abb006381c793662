from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Reports as signed files, made in the background."""

    name = "reporting.exports"
    label = "exports"
    verbose_name = "Exports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What two people decide about."""
        from reporting.exports.approval_kind import export_kind_register
        from reporting.exports.approval_schedule import schedule_kind_register

        export_kind_register()
        schedule_kind_register()
