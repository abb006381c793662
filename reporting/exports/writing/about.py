"""What stands over a report wherever it goes: title, versions, operator, days, filters, definitions (G-72)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from common.clock import instant_text
from reporting.catalogue.types import Question, Report
from wallet.sealing.canonical import Json

DISTRIBUTION: Final = "casino-platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A report as it was made. `filters` is the canonical question; `made_at` is the moment of the snapshot."""

    report: Report
    question: Question
    filters: Mapping[str, str]
    definitions: list[dict[str, Json]]
    requester: str
    made_at: datetime

    def lines(self) -> list[tuple[str, str]]:
        """For people: the header of workbooks and PDFs."""
        told = [
            ("Report", self.report.title),
            ("Operator", settings.OPERATOR_NAME),
            ("Period", period_words(self.report, self.question)),
            ("Generated at", f"{self.made_at:%Y-%m-%d %H:%M:%S} UTC"),
            ("Software", f"{DISTRIBUTION} {settings.SOFTWARE_VERSION}"),
            ("Report definition", f"{self.report.code}, version {self.report.version}"),
            ("Answers", ", ".join(self.report.ids) or "–"),
            ("Made for", self.requester),
            ("Filters", ", ".join(f"{name} {value}" for name, value in self.filters.items()) or "none"),
        ]
        return told + [
            (f"{one['code']}, version {one['version']}", f"{one['title']}: {one['formula']}")
            for one in self.definitions
        ]

    def as_json(self) -> dict[str, Json]:
        """For the manifest."""
        return {
            "report": {
                "code": self.report.code,
                "title": self.report.title,
                "version": self.report.version,
                "ids": list(self.report.ids),
            },
            "operator": settings.OPERATOR_NAME,
            "software": f"{DISTRIBUTION} {settings.SOFTWARE_VERSION}",
            "period": period_words(self.report, self.question),
            "filters": dict(self.filters),
            "definitions": list(self.definitions),
            "requester": self.requester,
            "snapshot_at": instant_text(self.made_at),
        }


def period_words(report: Report, question: Question) -> str:
    """ "2026-11-01 – 2026-11-20", or the moment that the report is about."""
    if report.as_of_only:
        return f"as of {instant_text(question.as_of)}"
    if question.first == question.last:
        return f"{question.first}"
    return f"{question.first} – {question.last}"


def definitions_of(report: Report, question: Question) -> list[dict[str, Json]]:
    """The definitions that the report uses, in the version that is in force on the last day asked for."""
    codes = [*report.definitions, *(column.definition for column in report.columns if column.definition)]
    if not codes:
        return []
    from reporting.definitions.selectors.definitions import definition_get

    found = [definition_get(code, at=question.last) for code in dict.fromkeys(codes)]
    return [
        {
            "code": one.code,
            "version": one.version,
            "title": one.title,
            "formula": one.formula,
            "valid_from": f"{one.valid_from}",
        }
        for one in found
    ]
