from compliance.staff.admin.staff_user import GroupAdmin, StaffUserAdmin

__all__ = ["GroupAdmin", "StaffUserAdmin"]
