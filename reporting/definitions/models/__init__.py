from reporting.definitions.models.definition import DefinitionRow
from reporting.definitions.models.duty import DutyRow
from reporting.definitions.models.fee import FeeRow

__all__ = ["DefinitionRow", "DutyRow", "FeeRow"]
