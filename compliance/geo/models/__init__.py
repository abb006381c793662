from compliance.geo.models.location_check import LocationCheck

__all__ = ["LocationCheck"]
