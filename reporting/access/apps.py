from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may read reports by machine: OAuth 2.0 clients with scopes and a reach."""

    name = "reporting.access"
    label = "access"
    verbose_name = "API access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from reporting.access.approval_kinds import client_kind_register

        client_kind_register()
