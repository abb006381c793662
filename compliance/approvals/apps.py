from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The second pair of eyes."""

    name = "compliance.approvals"
    label = "approvals"
    verbose_name = "Approvals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here, because models may not be imported before every app is.
        from compliance.approvals.kinds.adjustment import adjustment_kinds_register
        from compliance.approvals.kinds.reversal import reversal_kind_register
        from compliance.approvals.kinds.rule import rule_kind_register
        from compliance.approvals.verification import approval_promises_register

        adjustment_kinds_register()
        reversal_kind_register()
        rule_kind_register()
        approval_promises_register()
