from compliance.staff.admin.role import RoleAdmin
from compliance.staff.admin.role_grant import RoleGrantAdmin
from compliance.staff.admin.staff_user import StaffUserAdmin
from compliance.staff.admin.strangers import strangers_unregister

__all__ = ["RoleAdmin", "RoleGrantAdmin", "StaffUserAdmin"]

strangers_unregister()
