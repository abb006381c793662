"""Which reports there are for a token, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reporting.access.enums import family_scope
from reporting.api.shapes import Reports, ReportShape
from reporting.api.view import BackOfficeView
from reporting.catalogue.enums import ColumnKind, Family
from reporting.catalogue.errors import ReportUnknown
from reporting.catalogue.registry import all_reports, report_get
from reporting.catalogue.types import Column, Report


class ReportView(BackOfficeView):
    """A call about one report, which the token's scopes must open."""

    def report_of(self, code: str) -> Report:
        """The report of an address. Raises ReportUnknown, ScopeMissing.

        A report beyond its family's right, such as one about suspicions, is for people alone.
        """
        found = report_get(code)
        if found.restricted:
            raise ReportUnknown(report=code)
        self.asked_scope(family_scope(found.family.value))
        return found


class ReportList(BackOfficeView):
    """The catalogue."""

    @extend_schema(
        operation_id="reports",
        summary="The reports that the token opens",
        tags=["Reports"],
        parameters=[OpenApiParameter("family", str, enum=[family.value for family in Family])],
        responses={200: Reports},
    )
    def get(self, request: Request) -> Response:
        """With columns and filters, so that a program may find its way by itself."""
        wanted = request.query_params.get("family", "")
        found = [
            report_told(report)
            for report in all_reports().values()
            if not report.restricted
            and family_scope(report.family.value) in self.scopes
            and wanted in ("", report.family.value)
        ]
        return Response({"items": found})


class OneReport(ReportView):
    """One of them."""

    @extend_schema(
        operation_id="report", summary="A report's columns and filters", tags=["Reports"], responses={200: ReportShape}
    )
    def get(self, _request: Request, code: str) -> Response:
        """What it is made of; its rows are an address further."""
        return Response(report_told(self.report_of(code)))


def report_told(report: Report) -> dict[str, Any]:
    """A report as the API describes it."""
    return {
        "code": report.code, "title": report.title, "about": report.about, "family": report.family.value,
        "version": report.version, "ids": list(report.ids),
        "filters": sorted(name.value for name in report.filters), "states": dict(report.states),
        "about_a_moment": report.as_of_only, "definitions": list(report.definitions),
        "columns": columns_told(report.columns),
    }  # fmt: skip


def columns_told(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Columns as the API describes them."""
    return [
        {
            "name": column.name, "title": column.title, "kind": column.kind.value, "about": column.about,
            "currency": column.currency if column.kind is ColumnKind.MONEY else "", "summed": column.summed,
            "personal": column.personal, "definition": column.definition,
        }
        for column in columns
    ]  # fmt: skip
