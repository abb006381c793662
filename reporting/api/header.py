"""What stands above the figures: report and version, the question as it was understood, definitions, as of when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from common.clock import instant_text
from reporting.catalogue.asking import question_as_data
from reporting.catalogue.types import Question, Report
from reporting.exports.writing.about import definitions_of
from reporting.facts.selectors.state import NEVER, facts_known_until


def header_told(report: Report, question: Question, *, now: datetime) -> dict[str, Any]:
    """The block that comes with rows and totals."""
    known = facts_known_until()
    return {
        "report": report.code,
        "title": report.title,
        "version": report.version,
        "question": question_as_data(question),
        "as_of": instant_text(question.as_of),
        "facts_known_until": None if known == NEVER else instant_text(known),
        "made_at": instant_text(now),
        "definitions": definitions_of(report, question),
    }
