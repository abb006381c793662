"""Which reports, and which of their columns, whoever is signed in may see, and for what part of the house."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from common.backoffice.reach import reach
from common.scope import NOTHING, Scope, ScopePart
from reporting.catalogue.registry import all_reports
from reporting.catalogue.types import Column, Report

PERSONAL: Final = "personal.view_personaldata"


def rights_of(report: Report) -> tuple[str, ...]:
    """Every permission that the report's page needs."""
    return (
        f"catalogue.view_{report.family.value}_reports",
        *((report.restricted,) if report.restricted else ()),
    )


def may_open(request: HttpRequest, report: Report) -> bool:
    """Whether the person holds every right of the report."""
    return all(request.user.has_perm(right) for right in rights_of(report))


def reports_open_to(request: HttpRequest) -> list[Report]:
    """The reports that the person may open."""
    return [report for report in all_reports().values() if may_open(request, report)]


def scope_for(request: HttpRequest, report: Report) -> Scope:
    """What every right of the report reaches."""
    if not may_open(request, report):
        return NOTHING
    first, *others = [reach(request, right) for right in rights_of(report)]
    for other in others:
        first = Scope(tuple(part for a in first.parts for b in other.parts if (part := _both(a, b)) is not None))
    return first


def columns_for(request: HttpRequest, report: Report) -> tuple[Column, ...]:
    """The columns that the person may see: those about persons need the right to personal data."""
    if request.user.has_perm(PERSONAL):
        return report.columns
    return tuple(column for column in report.columns if not column.personal)


def _both(one: ScopePart, other: ScopePart) -> ScopePart | None:
    brands = _common(one.brands, other.brands)
    licences = _common(one.jurisdictions, other.jurisdictions)
    nothing = (brands is not None and not brands) or (licences is not None and not licences)
    return None if nothing else ScopePart(brands, licences)


def _common(one: frozenset[Any] | None, other: frozenset[Any] | None) -> frozenset[Any] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
