from compliance.exclusions.admin.exclusion import ExclusionAdmin
from compliance.exclusions.admin.return_request import ReturnRequestAdmin

__all__ = ["ExclusionAdmin", "ReturnRequestAdmin"]
