from reporting.definitions.admin.definition_row import DefinitionRowAdmin
from reporting.definitions.admin.duty_row import DutyRowAdmin
from reporting.definitions.admin.fee_row import FeeRowAdmin

__all__ = ["DefinitionRowAdmin", "DutyRowAdmin", "FeeRowAdmin"]
