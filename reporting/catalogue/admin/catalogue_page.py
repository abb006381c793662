"""The catalogue: every report that the person may open, by family, with what it answers."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from reporting.catalogue.admin.sight import reports_open_to
from reporting.catalogue.enums import Family
from reporting.catalogue.types import Report
from reporting.overview.models import SavedFilter

SCREEN: Final = "report:"


def catalogue_page(request: HttpRequest) -> HttpResponse:
    """By family, narrowed by words in `q`; and one's own saved views."""
    words = request.GET.get("q", "")[:100].strip()
    open_to = reports_open_to(request)
    found = [report for report in open_to if _fits(report, words.lower().split())]
    families = [(family.value, [one for one in found if one.family is family]) for family in Family]
    context = {
        **admin.site.each_context(request), "title": "Reports", "words": words, "some": bool(open_to),
        "families": [(name.capitalize(), rows) for name, rows in families if rows], "views": views_of(request, open_to),
    }  # fmt: skip
    return TemplateResponse(request, "admin/catalogue/catalogue.html", context)


def views_of(request: HttpRequest, reports: list[Report]) -> list[dict[str, Any]]:
    """The views that the person saved of these reports."""
    screens = [SCREEN + report.code for report in reports]
    rows = SavedFilter.objects.filter(staff_id=int(request.user.pk or 0), screen__in=screens).order_by("name")
    return [
        {
            "id": row.pk, "name": row.name,
            "address": f"{reverse('catalogue:report', args=[row.screen.removeprefix(SCREEN)])}?{row.query}",
        }
        for row in rows
    ]  # fmt: skip


def _fits(report: Report, words: list[str]) -> bool:
    told = " ".join((report.code, report.title, report.about, *report.ids, report.family.value)).lower()
    return all(word in told for word in words)
