"""/api/backoffice/v1/."""

from __future__ import annotations

from django.urls import path

from reporting.api import catalogue, exports, rows, token

urlpatterns = [
    path("oauth/token", token.Token.as_view(), name="backoffice-token"),
    path("reports", catalogue.ReportList.as_view(), name="backoffice-reports"),
    path("reports/<str:code>", catalogue.OneReport.as_view(), name="backoffice-report"),
    path("reports/<str:code>/rows", rows.ReportRows.as_view(), name="backoffice-rows"),
    path("reports/<str:code>/totals", rows.ReportTotals.as_view(), name="backoffice-totals"),
    path("exports", exports.Exports.as_view(), name="backoffice-exports"),
    path("exports/<int:export_id>", exports.OneExport.as_view(), name="backoffice-export"),
    path("exports/<int:export_id>/file", exports.ExportPackage.as_view(), name="backoffice-export-file"),
]
