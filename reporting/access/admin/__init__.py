from reporting.access.admin.client import ClientAdmin

__all__ = ["ClientAdmin"]
