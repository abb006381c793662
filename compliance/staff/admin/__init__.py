from compliance.staff.admin.role import RoleAdmin
from compliance.staff.admin.role_grant import RoleGrantAdmin
from compliance.staff.admin.staff_user import StaffUserAdmin

__all__ = ["RoleAdmin", "RoleGrantAdmin", "StaffUserAdmin"]
