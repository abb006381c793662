"""The reports' pages, below /admin/reports/."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from reporting.catalogue.admin import view_steps
from reporting.catalogue.admin.catalogue_page import catalogue_page
from reporting.catalogue.admin.report_page import report_page

app_name = "catalogue"
_inside = admin.site.admin_view

urlpatterns = [
    path("", _inside(catalogue_page), name="reports"),
    path("<slug:code>/", _inside(report_page), name="report"),
    path("<slug:code>/views/save/", _inside(view_steps.save), name="view-save"),
    path("<slug:code>/views/<int:view_id>/delete/", _inside(view_steps.delete), name="view-delete"),
]
