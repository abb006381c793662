from django.apps import AppConfig


class SigninConfig(AppConfig):
    """How staff sign in."""

    name = "compliance.signin"
    label = "signin"
    verbose_name = "Sign-in"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from compliance.signin.approval_kinds import factor_kind_register

        factor_kind_register()
