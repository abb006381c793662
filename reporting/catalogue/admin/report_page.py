"""One report: filters, header, chart, rows, totals, comparison and reconciliation, all of one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from common.backoffice.confirmed import staff_actor
from common.backoffice.display import money, tag
from common.clock import utc_now
from common.errors import Refusal
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.catalogue import reading
from reporting.catalogue.admin.catalogue_page import views_of
from reporting.catalogue.admin.cells import NUMBERS, cell, value_text
from reporting.catalogue.admin.comparing import as_now, compared, question_compared, words
from reporting.catalogue.admin.form import fields_of
from reporting.catalogue.admin.heading import heading_of
from reporting.catalogue.admin.plots import charts_of
from reporting.catalogue.admin.sight import columns_for, scope_for
from reporting.catalogue.admin.view_steps import report_open
from reporting.catalogue.asking import question_as_data, question_from
from reporting.catalogue.errors import QuestionRefused
from reporting.catalogue.types import Column, Question, Report, Tie

SIZE: Final = 50
COUNTED: Final = 10_000
PASSING: Final = frozenset({"after", "page", "compare"})


def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the address asks; a question that is none comes back as a form with its problem."""
    report = report_open(request, code)
    scope, now = scope_for(request, report), utc_now()
    sent = {name: value for name, value in request.GET.dict().items() if value}
    if sent.get("interval", "range") != "range":
        sent.pop("first", None)
    context: dict[str, Any] = {
        **admin.site.each_context(request), "title": report.title, "report": report,
        "own_views": views_of(request, [report]),
    }  # fmt: skip
    question, problems = None, {}
    try:
        asked = {name: value for name, value in sent.items() if name not in PASSING}
        question = question_from(report, asked, scope=scope, now=now)
        with reading.snapshot():
            context |= _answer(request, report, question, sent)
        context["header"] = heading_of(report, question, question_as_data(question), request.user.get_username(), now)
    except QuestionRefused as refusal:
        problems = {refusal.details.get("field", ""): refusal.details.get("problem", refusal.message)}
    except Refusal as refusal:
        problems = {"": refusal.message}
    context |= {
        "fields": fields_of(report, question, sent, scope, problems), "problems": problems,
        "present": urlencode({k: v for k, v in sent.items() if k not in ("after", "page")}),
    }  # fmt: skip
    if question is not None and not problems:
        _told(request, report, question)
    return TemplateResponse(request, "admin/catalogue/report.html", context, status=400 if problems else 200)


def _answer(request: HttpRequest, report: Report, question: Question, sent: Mapping[str, str]) -> dict[str, Any]:
    columns = columns_for(request, report)
    page = reading.page(report, question, after=sent.get("after", ""), size=SIZE)
    totals, how = reading.totals(report, question), sent.get("compare", "")
    rows = reading.count(report, question, COUNTED + 1)
    other = question_compared(question, how)
    summed = [column for column in columns if column.summed]
    number = int(sent["page"]) if sent.get("page", "").isdecimal() and len(sent["page"]) < 9 else 1
    data = question_as_data(question)
    return {
        "columns": [(column, column.kind in NUMBERS) for column in columns],
        "rows": [_row(report, columns, row) for row in page.rows],
        "total_rows": [_total(columns, one) for one in totals] if page.rows else [],
        "count_words": f"{rows:,} rows" if rows <= COUNTED else f"more than {COUNTED:,} rows",
        "page_words": f"Page {number:,} of {-(-rows // SIZE) or 1:,}" if rows <= COUNTED else f"Page {number:,}",
        "next": _turned(sent, page.next, number + 1), "previous": _turned(sent, page.previous, number - 1),
        "empty": rows == 0,
        "charts": charts_of(report, question) if rows else [],
        "ties": [_tie(one) for one in reading.ties(report, question)], "reconciles": report.ties is not None,
        "compared": compared(summed, reading.totals(report, as_now(question, how)), reading.totals(report, other))
        if other is not None else [],
        "compared_with": f"{words(how)}, {other.first} – {other.last}" if other is not None else "",
        "hidden": len(report.columns) - len(columns),
        "export_address": _export(request, report, data),
    }  # fmt: skip


def _row(report: Report, columns: Sequence[Column], row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    cells = [(cell(column, row), column.kind in NUMBERS) for column in columns]
    address = report.drill(row) if report.drill is not None else ""
    if address and cells:
        cells[0] = (format_html('<a class="record-link" href="{}">{}</a>', address, cells[0][0]), cells[0][1])
    return cells


def _total(columns: Sequence[Column], total: reading.Total) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for place, column in enumerate(columns):
        if place == 0:
            found.append((f"Total {total.currency}" if total.currency else "Total", False))
        elif column.name in total.values:
            found.append((value_text(column, total.values[column.name], total.currency or ""), True))
        else:
            found.append(("", False))
    return found


def _tie(tie: Tie) -> tuple[str, str, str, str, str]:
    difference = tie.difference
    return (
        tie.name, money(tie.reported, tie.currency), money(tie.ledger, tie.currency), money(difference, tie.currency),
        tag("agrees", "success") if difference == 0 else tag("differs", "danger"),
    )  # fmt: skip


def _turned(sent: Mapping[str, str], cursor: str, number: int) -> str:
    if not cursor:
        return ""
    return "?" + urlencode({**sent, "after": cursor, "page": f"{max(number, 1)}"})


def _export(request: HttpRequest, report: Report, data: Mapping[str, str]) -> str:
    if not request.user.has_perm("exports.request_export"):
        return ""
    return f"{reverse('admin:exports_export_request')}?{urlencode({'report': report.code, **data})}"


@transaction.atomic
def _told(request: HttpRequest, report: Report, question: Question) -> None:
    """AUD-10: whoever looks at personal data leaves a trace; figures without any leave none."""
    if any(column.personal for column in columns_for(request, report)):
        audit_record(
            name=EventName.REPORT_OPENED, actor=staff_actor(request), now=question.as_of,
            subject=f"catalogue.report:{report.code}", after={"question": question_as_data(question)},
            brand_id=question.brand_id, player_id=question.player_id,
        )  # fmt: skip
