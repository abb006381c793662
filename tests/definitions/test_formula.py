"""Formulas: read without eval, exact, and what can not be read says where."""

from decimal import Decimal

import pytest

from reporting.definitions.errors import FormulaUnreadable
from reporting.definitions.formula import formula_read, formula_value

GIVEN = {"SC": Decimal("100.10"), "VC": Decimal("0.1"), "N": Decimal(9), "ZERO": Decimal(0)}


def value(text: str) -> Decimal | None:
    return formula_value(formula_read(text), GIVEN.__getitem__, {"KPI-01": Decimal(3), "NONE": None}.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SC - VC", "100.00"), ("SC - VC - 1", "99"), ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("-2 * -3", "6"),
        ("8 / 2 / 2", "2"), ("max(0, -5)", "0"), ("min(1.5, 2)", "1.5"), ("sqrt(N) * {KPI-01}", "9"), ("abs(-1)", "1"),
        ("--2", "2"), ("0.1 + 0.2", "0.3"),
    ],
)  # fmt: skip
def test_a_formula_is_what_it_says(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["SC / ZERO", "1 + {NONE}", "sqrt(-1)"])
def test_what_has_no_value_is_none_and_not_zero(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SC -",
        "(SC",
        "SC VC",
        "SC ** 2",
        "__import__('os')",
        "SC.real",
        "max(1)",
        "1 +* 2",
        "SC; VC",
        "(" * 99,
        "1" * 501,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaUnreadable):
        formula_read(text)
