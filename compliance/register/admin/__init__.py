from compliance.register.admin.lookup import RegisterLookupAdmin

__all__ = ["RegisterLookupAdmin"]
