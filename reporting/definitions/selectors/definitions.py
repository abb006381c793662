"""Definitions, duties and fees as they held on a day, and figures by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from reporting.definitions.errors import DefinitionCircular, DefinitionUnknown, MeasureMissing
from reporting.definitions.fees import FeeTerms
from reporting.definitions.formula import definitions_of, formula_read, formula_value, measures_of
from reporting.definitions.models import DefinitionRow, DutyRow, FeeRow
from reporting.definitions.types import Definition, Duty


def definitions_at(at: date) -> dict[str, Definition]:
    """Every definition that holds on a day, by its code."""
    rows = DefinitionRow.objects.filter(valid_from__lte=at).order_by("code", "-valid_from").distinct("code")
    return {
        row.code: Definition(
            row.code, row.version, row.title, row.formula, row.source, row.valid_from, row.verified
        )
        for row in rows
    }  # fmt: skip


def definition_get(code: str, *, at: date) -> Definition:
    """What a code means on a day. Raises DefinitionUnknown."""
    if (found := definitions_at(at).get(code)) is None:
        raise DefinitionUnknown(definition=code)
    return found


def figure(code: str, measures: Mapping[str, Decimal], *, at: date) -> Decimal | None:
    """The figure of a code from measures (reporting/definitions/measures.py), as defined on a day.

    None where a divisor is zero: there is no such figure then. A measure that stands for a definition, such as BC,
    is given like any other. Raises DefinitionUnknown, DefinitionCircular and MeasureMissing.
    """
    return figure_by(definitions_at(at), code, measures)


def figure_by(
    known: Mapping[str, Definition], code: str, measures: Mapping[str, Decimal], within: tuple[str, ...] = ()
) -> Decimal | None:
    """The same by definitions that were read already."""
    if code in within:
        raise DefinitionCircular(definition=code)
    if code not in known:
        raise DefinitionUnknown(definition=code)

    def measure(name: str) -> Decimal:
        if name not in measures:
            raise MeasureMissing(definition=code, measure=name)
        return measures[name]

    return formula_value(
        formula_read(known[code].formula), measure, lambda other: figure_by(known, other, measures, (*within, code))
    )


def measures_needed(code: str, *, at: date) -> frozenset[str]:
    """Every measure that a figure needs, its definitions' own included."""
    known, found, seen, waiting = definitions_at(at), set[str](), set[str](), [code]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        if one not in known:
            raise DefinitionUnknown(definition=one)
        seen.add(one)
        tree = formula_read(known[one].formula)
        found |= measures_of(tree)
        waiting += definitions_of(tree)
    return frozenset(found)


def duties_at(jurisdiction: str, at: date) -> list[Duty]:
    """Every tax of a jurisdiction that holds on a day."""
    rows = DutyRow.objects.filter(jurisdiction=jurisdiction, valid_from__lte=at)
    return [
        Duty(row.jurisdiction, row.tax, row.version, row.title, row.rate, row.base, row.source, row.valid_from,
             row.verified)
        for row in rows.order_by("tax", "-valid_from").distinct("tax")
    ]  # fmt: skip


def duty_rate(jurisdiction: str, at: date, tax: str = "duty") -> Duty | None:
    """One tax of a jurisdiction on a day; None where it has none."""
    return next((duty for duty in duties_at(jurisdiction, at) if duty.tax == tax), None)


def provider_fee(provider_id: int, at: date) -> FeeTerms | None:
    """A provider's contract as it holds on a day; None where none was entered."""
    row = FeeRow.objects.filter(provider_id=provider_id, valid_from__lte=at).order_by("-valid_from").first()
    if row is None:
        return None
    return FeeTerms(
        provider_id=row.provider_id, version=row.version, valid_from=row.valid_from, basis=row.basis,
        percentage=row.percentage, tiers=[(Decimal(bound), Decimal(share)) for bound, share in row.tiers],
        minimum=row.minimum, currency=row.currency, carries_over=row.carries_over,
    )  # fmt: skip
