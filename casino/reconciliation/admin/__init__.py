from casino.reconciliation.admin.break_row import BreakAdmin
from casino.reconciliation.admin.source import StatementSourceAdmin
from casino.reconciliation.admin.statement import StatementAdmin

__all__ = ["BreakAdmin", "StatementAdmin", "StatementSourceAdmin"]
