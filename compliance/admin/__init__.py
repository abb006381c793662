from compliance.admin.restriction import RestrictionAdmin

__all__ = ["RestrictionAdmin"]
