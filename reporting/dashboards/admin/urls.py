"""Pages of dashboards, in front of the admin's own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from reporting.dashboards.admin.pages import DASHBOARDS, dashboard_page

app_name = "dashboards"
urlpatterns = [
    path(f"{name}/", admin.site.admin_view(dashboard_page), {"name": name}, name=name) for name in DASHBOARDS
]
