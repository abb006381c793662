from casino.reconciliation.models.break_row import Break, BreakStep
from casino.reconciliation.models.correction import Correction
from casino.reconciliation.models.line import Fault, Line
from casino.reconciliation.models.result import Result, RoundResult, Tally
from casino.reconciliation.models.source import StatementSource
from casino.reconciliation.models.statement import Statement, StatementPart

__all__ = [
    "Break",
    "BreakStep",
    "Correction",
    "Fault",
    "Line",
    "Result",
    "RoundResult",
    "Statement",
    "StatementPart",
    "StatementSource",
    "Tally",
]

from casino.reconciliation.models import history as _history  # noqa: F401 - below the models whose changes it keeps
