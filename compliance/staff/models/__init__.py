from compliance.staff.models.staff_user import StaffUser

__all__ = ["StaffUser"]
