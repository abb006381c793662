"""The rows of a report, and its totals: the same definition, filters and figures as its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.api.kit.throttle import Rate
from reporting.access.enums import ApiScope
from reporting.api.catalogue import ReportView, columns_told
from reporting.api.cursor import cursor_close, cursor_open
from reporting.api.header import header_told
from reporting.api.refusals import CursorNotUnderstood
from reporting.api.shapes import Rows, Totals
from reporting.api.values import value_told
from reporting.catalogue.asking import question_as_data, question_from
from reporting.catalogue.enums import Basis, FilterName, Interval, Known
from reporting.catalogue.errors import QuestionRefused
from reporting.catalogue.reading import Page, page, snapshot, totals
from reporting.catalogue.types import Column, Question, Report

SIZE: Final = 200
SIZE_MOST: Final = 1000
_WORDS: Final = {
    FilterName.BRAND: "Code or id.",
    FilterName.JURISDICTION: "A licence, such as MT.",
    FilterName.CURRENCY: "Such as EUR.",
    FilterName.PROVIDER: "Code or id.",
    FilterName.GAME: "Code or id.",
    FilterName.PLAYER: "Number or public id.",
    FilterName.STATE: "One of the report's `states`.",
    FilterName.CONVERTED: "yes: amounts in the base currency, at the rates of the day.",
    FilterName.TEST_PLAYERS: "yes: test accounts instead of real ones.",
}
_CHOICES: Final = {FilterName.BASIS: [one.value for one in Basis], FilterName.KNOWN: [one.value for one in Known]}
QUESTION: Final = (
    OpenApiParameter("interval", str, enum=[one.value for one in Interval], description="Month to date, if nothing."),
    OpenApiParameter("first", str, description="First business day, YYYY-MM-DD."),
    OpenApiParameter("last", str, description="Last business day, included."),
    OpenApiParameter("as_of", str, description="Nothing that happened later counts: RFC 3339."),
    *(
        OpenApiParameter(
            name.value, str, enum=_CHOICES.get(name), description=f"{_WORDS.get(name, '')} Where `filters` has it."
        )
        for name in FilterName
    ),
)


class PageQuery(serializers.Serializer[Any]):
    """Which page."""

    page_size = serializers.IntegerField(min_value=1, max_value=SIZE_MOST, default=SIZE)
    cursor = serializers.CharField(required=False, max_length=6000)


class AskedView(ReportView):
    """A question to a report."""

    rate = Rate(name="backoffice")

    def asked(self, request: Request, report: Report) -> Question:
        """The question that the parameters ask, within the client's reach. Raises QuestionRefused."""
        told = {name: str(value) for name, value in request.query_params.items() if name not in ("cursor", "page_size")}
        return question_from(report, told, scope=self.reach, now=self.now)

    def columns_of(self, report: Report) -> tuple[Column, ...]:
        """Those that the token opens: data of people only with a scope of its own."""
        if ApiScope.PERSONAL in self.scopes:
            return report.columns
        return tuple(column for column in report.columns if not column.personal)


class ReportRows(AskedView):
    """Rows by pages."""

    @extend_schema(
        operation_id="report_rows",
        summary="The rows of a report",
        tags=["Reports"],
        parameters=[
            *QUESTION,
            OpenApiParameter("page_size", int, description=f"Rows of a page, 1 to {SIZE_MOST:,}; {SIZE} if nothing."),
            OpenApiParameter("cursor", str, description="As `next` has it; nothing to put together oneself."),
        ],
        responses={200: Rows},
    )
    def get(self, request: Request, code: str) -> Response:
        """In the order of the report's key. Follow `next` until it is null: it asks as of the same moment.

        Personal columns are left out without the scope `personal-data`; with it each page is kept in the audit trail.
        """
        report = self.report_of(code)
        asked = PageQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        size, cursor = asked.validated_data["page_size"], cursor_open(asked.validated_data.get("cursor", ""))
        question = self.asked(request, report)
        with snapshot():
            header = header_told(report, question, now=self.now)
            found = _page(report, question, cursor, size)
        columns = self.columns_of(report)
        if any(column.personal for column in columns):
            self._recorded(report, question, len(found.rows))
        return Response(
            {
                "header": header,
                "columns": columns_told(columns),
                "rows": [_row(row, columns) for row in found.rows],
                "activity": bool(found.rows or cursor),
                "next": _next(request, report, question, found.next, size) if found.next else None,
            }
        )

    def _recorded(self, report: Report, question: Question, rows: int) -> None:
        audit_record(
            name=EventName.API_PERSONAL_READ, actor=self.actor, now=self.now, subject=f"access.client:{self.client.pk}",
            brand_id=question.brand_id, player_id=question.player_id,
            after={"report": report.code, "rows": rows, "question": urlencode(question_as_data(question))},
        )  # fmt: skip


class ReportTotals(AskedView):
    """Sums of everything, not of a page."""

    @extend_schema(
        operation_id="report_totals", summary="The totals of a report", tags=["Reports"], parameters=list(QUESTION),
        responses={200: Totals},
    )  # fmt: skip
    def get(self, request: Request, code: str) -> Response:
        """Amounts by currency; counts over all rows. Empty where the report adds nothing up."""
        report = self.report_of(code)
        question = self.asked(request, report)
        with snapshot():
            header = header_told(report, question, now=self.now)
            found = totals(report, question)
        told = [
            {
                "currency": total.currency,
                "rows": total.rows,
                "values": {name: value_told(value) for name, value in total.values.items()},
            }
            for total in found
        ]
        return Response({"header": header, "totals": told})


def _page(report: Report, question: Question, cursor: str, size: int) -> Page:
    try:
        return page(report, question, after=cursor, size=size)
    except QuestionRefused as refusal:
        if refusal.details.get("field") == "after":
            raise CursorNotUnderstood from refusal
        raise


def _row(row: Mapping[str, object], columns: tuple[Column, ...]) -> dict[str, object]:
    return {column.name: value_told(row[column.name]) for column in columns}


def _next(request: Request, report: Report, question: Question, cursor: str, size: int) -> str:
    told = question_as_data(question) | {"page_size": f"{size}", "cursor": cursor_close(cursor)}
    return request.build_absolute_uri(f"{reverse('backoffice-rows', args=[report.code])}?{urlencode(told)}")
