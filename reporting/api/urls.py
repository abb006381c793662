"""/api/backoffice/v1/."""

from __future__ import annotations

from django.urls import path

from reporting.api import catalogue, token

urlpatterns = [
    path("oauth/token", token.Token.as_view(), name="backoffice-token"),
    path("reports", catalogue.ReportList.as_view(), name="backoffice-reports"),
    path("reports/<str:code>", catalogue.OneReport.as_view(), name="backoffice-report"),
]
