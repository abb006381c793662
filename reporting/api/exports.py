"""Reports as files: asked for, watched, fetched. What needs a second person is for people to ask."""

from __future__ import annotations

from typing import Any, Final

import django_filters
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from players.api.kit.throttle import Rate
from reporting.access.enums import ApiScope
from reporting.access.services.downloads import program_download
from reporting.api.catalogue import ReportView
from reporting.api.shapes import Shape
from reporting.catalogue.asking import question_from
from reporting.exports.enums import ExportFormat, ExportState, Purpose
from reporting.exports.errors import ExportUnknown
from reporting.exports.models import Export
from reporting.exports.services.requests import export_request

PAGE: Final = 50


class Wanted(serializers.Serializer[Any]):
    """What is asked for."""

    report = serializers.CharField(max_length=80)
    question = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), default=dict, help_text="As the rows take it."
    )
    format = serializers.ChoiceField(choices=ExportFormat.choices, default=ExportFormat.CSV)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    purpose_text = serializers.CharField(max_length=300, help_text="What the file is for; kept with it.")


class ExportShape(Shape):
    """An export. `file` is its package (ZIP with manifest and signature) while `state` is done."""

    id = serializers.IntegerField()
    report = serializers.CharField()
    question = serializers.DictField(child=serializers.CharField())
    format = serializers.ChoiceField(choices=ExportFormat.choices)
    state = serializers.ChoiceField(choices=ExportState.choices)
    reason = serializers.CharField(help_text="Why it failed or was cancelled.")
    requested_at = serializers.CharField()
    expires_at = serializers.CharField(allow_null=True)
    rows_done = serializers.IntegerField()
    rows_total = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(help_text="Of the package; empty until it is done.")
    file = serializers.CharField(allow_null=True)


class ExportList(Shape):
    """The newest first."""

    items = ExportShape(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="`before` of the next page.")


class Narrowed(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filters of the list."""

    before = django_filters.NumberFilter(field_name="pk", lookup_expr="lt", min_value=1, max_value=2**63 - 1)
    state = django_filters.ChoiceFilter(choices=ExportState.choices)
    report = django_filters.CharFilter(max_length=80)

    class Meta:
        model = Export
        fields = ("before", "state", "report")


class Exports(ReportView):
    """One's own."""

    needs = (ApiScope.EXPORTS.value,)
    rate = Rate(name="backoffice")

    @extend_schema(
        operation_id="exports",
        summary="The exports that this client asked for",
        tags=["Exports"],
        parameters=[
            OpenApiParameter("before", int),
            OpenApiParameter("state", str, enum=ExportState.values),
            OpenApiParameter("report", str),
        ],
        responses={200: ExportList},
    )
    def get(self, request: Request) -> Response:
        """By pages of 50."""
        narrowed = Narrowed(request.query_params, queryset=Export.objects.filter(requested_by=self.actor))
        if not narrowed.is_valid():
            raise serializers.ValidationError(
                {name: [str(problem) for problem in problems] for name, problems in narrowed.errors.items()}
            )
        rows = list(narrowed.qs.order_by("-pk")[: PAGE + 1])
        more = rows[PAGE - 1].pk if len(rows) > PAGE else None
        return Response({"items": [self.told(request, row) for row in rows[:PAGE]], "next": more})

    @extend_schema(
        operation_id="export_ask", summary="Ask for a report as a file", tags=["Exports"], request=Wanted,
        responses={202: ExportShape},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """It is written in the background: look at it until `state` is done.

        Reports with personal data, and very large ones, need a second person: people ask for them in the back office.
        """
        asked = Wanted(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        report = self.report_of(data["report"])
        question = question_from(report, data["question"], scope=self.reach, now=self.now)
        made = export_request(
            report=report, question=question, format=data["format"], purpose=data["purpose"],
            purpose_text=data["purpose_text"], actor=self.actor, now=self.now,
        )  # fmt: skip
        return Response(self.told(request, made), status=202)

    def told(self, request: Request, export: Export) -> dict[str, Any]:
        """An export as the API describes it."""
        done = export.state == ExportState.DONE
        return {
            "id": export.pk, "report": export.report, "question": export.question, "format": export.format,
            "state": export.state, "reason": export.reason, "requested_at": instant_text(export.requested_at),
            "expires_at": instant_text(export.expires_at) if export.expires_at else None,
            "rows_done": export.rows_done, "rows_total": export.rows_total, "sha256": export.package_sha256,
            "file": request.build_absolute_uri(f"/api/backoffice/v1/exports/{export.pk}/file") if done else None,
        }  # fmt: skip


class OneExport(Exports):
    """One of them."""

    http_method_names = ["get"]

    @extend_schema(
        operation_id="export", summary="How far an export is", tags=["Exports"], responses={200: ExportShape}
    )
    def get(self, request: Request, export_id: int) -> Response:  # type: ignore[override]  # an address of its own
        """Of one's own."""
        found = Export.objects.filter(pk=export_id, requested_by=self.actor).first()
        if found is None:
            raise ExportUnknown
        return Response(self.told(request, found))


class ExportPackage(Exports):
    """Its file."""

    http_method_names = ["get"]

    @extend_schema(
        operation_id="export_file",
        summary="The package of an export",
        tags=["Exports"],
        responses={
            (200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, description="Files, manifest, signature.")
        },
    )
    def get(self, _request: Request, export_id: int) -> FileResponse:  # type: ignore[override]  # the same
        """While `state` is done. Each download is kept in the audit trail."""
        _export, path = program_download(export_id=export_id, actor=self.actor, now=self.now)
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="application/zip")
