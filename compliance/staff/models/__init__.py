from compliance.staff.models.role import Role
from compliance.staff.models.role_grant import RoleGrant
from compliance.staff.models.staff_user import StaffUser

__all__ = ["Role", "RoleGrant", "StaffUser"]
