from casino.settlements.models.break_row import Break
from casino.settlements.models.file import SettlementFile, SettlementTotal
from casino.settlements.models.line import SettlementLine
from casino.settlements.models.match import Match
from casino.settlements.models.movement import GatheredTo, Movement

__all__ = ["Break", "GatheredTo", "Match", "Movement", "SettlementFile", "SettlementLine", "SettlementTotal"]

from casino.settlements.models import history as _history  # noqa: F401 - below the models whose changes it keeps
