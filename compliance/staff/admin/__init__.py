from compliance.staff.admin.staff_user import StaffUserAdmin

__all__ = ["StaffUserAdmin"]
