"""What stands over a report's page: title, versions, operator, days and zones, filters, definitions (G-72)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from common.clock import instant_text
from common.scope import Scope
from reporting.catalogue.enums import FilterName
from reporting.catalogue.selectors.named import brands_within
from reporting.catalogue.types import Question, Report
from reporting.exports.writing.about import About, definitions_of
from reporting.exports.writing.zones import zones_of_brands
from reporting.facts.selectors.state import NEVER, facts_known_until

_TOLD_BY_FORM: Final = frozenset({"interval", "first", "last", "as_of"})


def heading_of(
    report: Report, question: Question, data: dict[str, str], who: str, now: datetime
) -> list[tuple[str, str]]:
    """Title and text of every line; the definitions with their versions are the last."""
    filters = {name: value for name, value in data.items() if name not in _TOLD_BY_FORM}
    about = About(
        report=report, question=question, filters=filters, definitions=definitions_of(report, question), requester=who,
        made_at=now,
    )  # fmt: skip
    lines = about.lines()
    known = facts_known_until()
    told = "nothing read yet" if known == NEVER else instant_text(known)
    lines.insert(3, ("Days", zones_words(question, question.scope)))
    lines.insert(4, ("As of", instant_text(question.as_of)))
    lines.insert(5, ("Facts known until", told))
    if FilterName.BASIS in report.filters:
        lines.insert(6, ("Basis", f"{question.basis.value} day, {_KNOWN[question.known.value]}"))
    return lines


_KNOWN: Final = {"now": "as known now", "first": "as first reported"}


def zones_words(question: Question, scope: Scope) -> str:
    """The zones in which the days of the brands asked for are counted."""
    zones = {key: zone for key, _code, _name, zone in zones_of_brands(question.last)}
    brands = [one for one in brands_within(scope) if question.brand_id in (None, one.pk)]
    told: dict[str, list[str]] = {}
    for brand in brands:
        told.setdefault(zones.get(brand.pk, "UTC"), []).append(brand.name)
    if len(told) == 1:
        return f"business days in {next(iter(told))}"
    return "business days: " + "; ".join(f"{', '.join(names)} in {zone}" for zone, names in sorted(told.items()))
