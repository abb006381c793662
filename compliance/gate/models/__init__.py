from compliance.gate.models.flag import Flag
from compliance.gate.models.play_clock import PlayClock
from compliance.gate.models.reality_check import RealityCheck, RealityInterval
from compliance.gate.models.standing import Standing

__all__ = ["Flag", "PlayClock", "RealityCheck", "RealityInterval", "Standing"]

from compliance.gate.models import history as _history  # noqa: F401 - below the models whose changes it keeps
