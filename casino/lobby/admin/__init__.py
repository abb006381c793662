from casino.lobby.admin.availability import AvailabilityAdmin

__all__ = ["AvailabilityAdmin"]
