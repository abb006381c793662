from compliance.staff.models.role import Role
from compliance.staff.models.role_grant import RoleGrant
from compliance.staff.models.staff_user import StaffUser

__all__ = ["Role", "RoleGrant", "StaffUser"]

from compliance.staff.models import history as _history  # noqa: F401 - below the models whose changes it keeps
