"""What definitions refuse."""

from __future__ import annotations

from common.errors import Refusal


class FormulaUnreadable(Refusal):
    """A formula that is none; `problem` says why."""

    code = "formula_unreadable"
    message = "The formula can not be read."


class DefinitionUnknown(Refusal):
    """No definition of that code held on that day."""

    code = "definition_unknown"
    message = "There is no such definition on that day."


class DefinitionCircular(Refusal):
    """A definition that names itself, by whatever way."""

    code = "definition_circular"
    message = "The definition comes back to itself."


class MeasureMissing(Refusal):
    """A formula asks for a measure that was not given: zero would be a guess."""

    code = "measure_missing"
    message = "A measure of the formula is missing."


class DefinitionRefused(Refusal):
    """A proposed row that can not be; `problem` says why."""

    code = "definition_refused"
    message = "This row can not be proposed."
