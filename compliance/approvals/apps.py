from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The second pair of eyes."""

    name = "compliance.approvals"
    label = "approvals"
    verbose_name = "Approvals"
