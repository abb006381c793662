"""Every change of people, roles, grants and what a role may do is kept; passwords and sign-in times are left out."""

from compliance.audit.history import history_kept
from compliance.staff.models.role import Role
from compliance.staff.models.role_grant import RoleGrant
from compliance.staff.models.staff_user import StaffUser


class RolePermission(Role.permissions.through):  # type: ignore[name-defined,misc]  # Django makes the table's model as it runs
    """A permission of a role, so that its history has a name."""

    class Meta:
        proxy = True
        default_permissions = ()


class RoleConflict(Role.conflicts.through):  # type: ignore[name-defined,misc]  # the same
    """Two roles that one person should not hold."""

    class Meta:
        proxy = True
        default_permissions = ()


history_kept(StaffUser, exclude=["password", "last_login"])
history_kept(Role, exclude=["seeded"])
history_kept(RoleGrant, part_of=(StaffUser, "staff_id"))
history_kept(RolePermission, part_of=(Role, "role_id"))
history_kept(RoleConflict, part_of=(Role, "from_role_id"))
