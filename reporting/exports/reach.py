"""Whom a person's export may be about: within every right that it needs, at the moment it is asked or written."""

from __future__ import annotations

from common.scope import NOTHING, Scope, ScopePart
from compliance.staff.models import StaffUser
from reporting.catalogue.types import Report
from wallet.sealing.canonical import Json

REQUEST = "exports.request_export"


def rights_of(report: Report) -> list[str]:
    """Every permission that an export of the report needs."""
    return [
        REQUEST,
        f"catalogue.view_{report.family.value}_reports",
        *([report.restricted] if report.restricted else []),
    ]


def scope_of(staff_id: int, report: Report) -> Scope:
    """What a person may export of a report, now: nothing for who left the house."""
    person = StaffUser.objects.filter(pk=staff_id, is_active=True).first()
    if person is None or not all(person.has_perm(right) for right in rights_of(report)):
        return NOTHING
    first, *others = [person.scope_for(right) for right in rights_of(report)]
    for other in others:
        first = common_part(first, other)
    return first


def common_part(one: Scope, other: Scope) -> Scope:
    """What both reach."""
    if one.everything:
        return other
    if other.everything:
        return one
    parts = []
    for a in one.parts:
        for b in other.parts:
            brands = a.brands if b.brands is None else b.brands if a.brands is None else a.brands & b.brands
            licences = (
                a.jurisdictions
                if b.jurisdictions is None
                else b.jurisdictions
                if a.jurisdictions is None
                else a.jurisdictions & b.jurisdictions
            )
            if (brands is None or brands) and (licences is None or licences):
                parts.append(ScopePart(brands, licences))
    return Scope(tuple(parts))


def scope_as_json(scope: Scope) -> list[Json]:
    """For the record of an export."""
    return [
        {
            "brands": None if part.brands is None else list[Json](sorted(part.brands)),
            "jurisdictions": None if part.jurisdictions is None else list[Json](sorted(part.jurisdictions)),
        }
        for part in scope.parts
    ]


def scope_from_json(kept: list[dict[str, list[int] | list[str] | None]]) -> Scope:
    """The scope that was recorded."""
    return Scope(
        tuple(
            ScopePart(
                None if part["brands"] is None else frozenset(int(key) for key in part["brands"]),
                None if part["jurisdictions"] is None else frozenset(str(word) for word in part["jurisdictions"]),
            )
            for part in kept
        )
    )
