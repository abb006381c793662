from django.apps import AppConfig


class SigninConfig(AppConfig):
    """How staff sign in."""

    name = "compliance.signin"
    label = "signin"
    verbose_name = "Sign-in"
