"""Why a report is not shown. A sentence each, for the person who asked."""

from __future__ import annotations

from common.errors import Refusal


class ReportUnknown(Refusal):
    """`report` is the code that was asked for."""

    code = "report_unknown"
    message = "There is no report of this name: the catalogue lists them."
    recorded = False


class QuestionRefused(Refusal):
    """`field` and `problem` say what to change."""

    code = "report_question_refused"
    message = "The report can not be made like this."
    recorded = False


class ReportTooSlow(Refusal):
    """`seconds` is how long a page may take."""

    code = "report_too_slow"
    message = "The report takes too long for a page: ask for fewer days, one brand or one player, or export it."
    recorded = False
