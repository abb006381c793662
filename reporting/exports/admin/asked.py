"""The report and the question that a request's address names, within the reach of whoever is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from common.clock import utc_now
from common.errors import Refusal
from reporting.catalogue.asking import question_as_data, question_from
from reporting.catalogue.errors import ReportUnknown
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Question, Report
from reporting.exports.reach import scope_of
from reporting.exports.writing.about import period_words


def report_asked(request: HttpRequest) -> tuple[Report, Question]:
    """Raises Http404 for an unknown report and for a question that is none; PermissionDenied without the rights."""
    try:
        report = report_get(request.GET.get("report", ""))
    except ReportUnknown as unknown:
        raise Http404(unknown.message) from unknown
    scope = scope_of(int(str(request.user.pk)), report)
    if not scope.parts:
        raise PermissionDenied
    data = {name: value for name, value in request.GET.dict().items() if name != "report"}
    try:
        return report, question_from(report, data, scope=scope, now=utc_now())
    except Refusal as refusal:
        raise Http404(f"{refusal.message} {' '.join(refusal.details.values())}") from refusal


def chosen_first(request: HttpRequest, back: str) -> HttpResponse:
    """Nobody said which report: the way to ask begins at a report's page."""
    messages.info(request, "Open a report first: its page asks for its files and schedules.")
    return HttpResponseRedirect(back)


def facts_of(report: Report, question: Question) -> list[tuple[str, object]]:
    """What the request is about, for its page."""
    asked = question_as_data(question)
    filters = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in sorted(asked.items())) or "none"
    personal = ", ".join(column.title for column in report.columns if column.personal)
    return [
        ("Report", report.title), ("Period", period_words(report, question)), ("Asked for", filters),
        ("Personal data", personal or "none"),
    ]  # fmt: skip
