"""Every change of a flag and of a chosen interval is kept, whoever makes it (compliance.audit.history)."""

from compliance.audit.history import history_kept
from compliance.gate.models.flag import Flag
from compliance.gate.models.reality_check import RealityInterval

history_kept(Flag)
history_kept(RealityInterval)
