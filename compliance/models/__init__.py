from compliance.models.restriction import Restriction

__all__ = ["Restriction"]
