from casino.settlements.models.break_row import Break
from casino.settlements.models.file import SettlementFile, SettlementTotal
from casino.settlements.models.line import SettlementLine
from casino.settlements.models.match import Match
from casino.settlements.models.movement import GatheredTo, Movement
from casino.settlements.models.write_off import WriteOff

__all__ = [
    "Break",
    "GatheredTo",
    "Match",
    "Movement",
    "SettlementFile",
    "SettlementLine",
    "SettlementTotal",
    "WriteOff",
]

from casino.settlements.models import history as _history  # noqa: F401 - below the models whose changes it keeps
