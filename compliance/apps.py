from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Floor 2: may they."""

    name = "compliance"
    label = "compliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Introduce the audit trail, which stands beneath every floor, to those that it serves."""
        from compliance.approval_kinds import lift_kinds_register
        from compliance.audit.context import roles_source_register
        from compliance.sealing import trail_kinds_register
        from compliance.staff.backends import standing_grants
        from compliance.verification import trail_promises_register

        roles_source_register(lambda person: tuple(sorted({grant.role for grant in standing_grants(person)})))
        trail_kinds_register()
        trail_promises_register()
        lift_kinds_register()
