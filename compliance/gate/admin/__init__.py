from compliance.gate.admin.flag import FlagAdmin
from compliance.gate.admin.reality_check import PlayClockAdmin, RealityCheckAdmin, RealityIntervalAdmin

__all__ = ["FlagAdmin", "PlayClockAdmin", "RealityCheckAdmin", "RealityIntervalAdmin"]
