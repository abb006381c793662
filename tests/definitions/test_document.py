"""docs/definitions.md tells the truth: its month is reckoned, its duties and contracts are those of the product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reporting.definitions.fees import FeeDue, FeeTerms, fee_due
from reporting.definitions.measures import MEASURES
from reporting.definitions.models import DefinitionRow, DutyRow
from reporting.definitions.selectors.definitions import figure
from tests.facts.documents import table_with

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "definitions.md"
MAY = date(2026, 5, 31)


@pytest.mark.django_db
def test_the_month_is_what_the_definitions_make_of_it() -> None:
    measured = table_with(DOCUMENT, "measure")
    told_of = {row[0]: row[1] for row in measured}
    assert told_of == {name: what for name, what in MEASURES.items() if name != "BC"}
    month = {row[0]: Decimal(row[2]) for row in measured}
    told = table_with(DOCUMENT, "code")
    assert {row[0]: row[2] for row in told} == dict(DefinitionRow.objects.values_list("code", "formula"))
    for code, _title, _formula, amount in told:
        found = figure(code, month, at=MAY)
        assert found is not None
        assert round(found, 6) == Decimal(amount), code


@pytest.mark.django_db
def test_duties_are_those_of_the_table() -> None:
    told = [
        (row[0], row[1], row[2], Decimal(row[3]), row[4], row[5] == "yes") for row in table_with(DOCUMENT, "tax", 1)
    ]
    stored = DutyRow.objects.values_list("jurisdiction", "tax", "valid_from", "rate", "base", "verified")
    assert sorted(told) == sorted((row[0], row[1], row[2].isoformat(), *row[3:]) for row in stored)


def test_the_contract_month_by_month() -> None:
    terms = FeeTerms(
        provider_id=1, version=1, valid_from=date(2026, 1, 1), basis="KPI-04", percentage=Decimal(12),
        minimum=Decimal(100), currency="EUR", carries_over=True,
    )  # fmt: skip
    carried = Decimal(0)
    for _month, basis, before, fee, after in table_with(DOCUMENT, "month"):
        assert carried == Decimal(before)
        due = fee_due(terms, basis=Decimal(basis), carried=carried)
        assert due == FeeDue(Decimal(fee), Decimal(after))
        carried = due.carried
