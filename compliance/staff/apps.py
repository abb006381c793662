from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


class StaffConfig(AppConfig):
    """The people of the back office: never players."""

    name = "compliance.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """`migrate` ends with the seeded roles in place; what people propose about roles is known to approvals."""
        from compliance.staff.proposals.grant import grant_kinds_register
        from compliance.staff.proposals.role_change import change_kind_register

        grant_kinds_register()
        change_kind_register()
        post_migrate.connect(_seed, sender=self, dispatch_uid="staff.seed_roles")


def _seed(using: str = "default", verbosity: int = 1, **_kwargs: Any) -> None:
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes

    from compliance.staff.services.seed_roles import roles_seed

    if "staff_rolegrant" not in connections[using].introspection.table_names():
        return  # migrated back to before roles
    for config in apps.get_app_configs():
        # Apps that come after this one get their permissions only after this.
        create_contenttypes(config, verbosity=0, using=using)
        create_permissions(config, verbosity=0, using=using)
    report = roles_seed()
    if verbosity:
        for code, difference in report.differs:
            print(f"  Role {code} was changed by hand and is left as it is: {difference}")  # noqa: T201
