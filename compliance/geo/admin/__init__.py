from compliance.geo.admin.location_check import LocationCheckAdmin

__all__ = ["LocationCheckAdmin"]
