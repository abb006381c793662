from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The people of the back office: never players."""

    name = "compliance.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
