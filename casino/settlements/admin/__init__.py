from casino.settlements.admin.break_row import BreakAdmin
from casino.settlements.admin.file import SettlementFileAdmin

__all__ = ["BreakAdmin", "SettlementFileAdmin"]
