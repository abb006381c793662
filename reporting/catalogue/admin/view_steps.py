"""Saving and forgetting views of reports: two POSTs, each back to its report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.clock import utc_now
from common.errors import Refusal
from reporting.catalogue.admin.catalogue_page import SCREEN
from reporting.catalogue.admin.sight import may_open
from reporting.catalogue.errors import ReportUnknown
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Report
from reporting.overview.services.saved_filters import filter_delete, filter_save, query_kept


def save(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what a report was asked, under a name, for oneself."""
    report, query = report_open(request, code), request.POST.get("query", "")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        kept = filter_save(
            staff_id=int(request.user.pk or 0), screen=SCREEN + report.code, name=request.POST.get("name", ""),
            query=query, now=utc_now(),
        )  # fmt: skip
        query = kept.query
    except Refusal as refusal:
        messages.error(request, refusal.message)
    except ValueError:
        messages.error(request, "This is no question to a report.")
        query = ""
    else:
        messages.success(request, f"Saved as “{kept.name}”: find it in the catalogue and above the report.")
    return _back(code, query)


@require_POST
def delete(request: HttpRequest, code: str, view_id: int) -> HttpResponse:
    """Forget one of one's own views."""
    try:
        filter_delete(staff_id=int(request.user.pk or 0), filter_id=view_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from None
    messages.success(request, "The view is forgotten.")
    return _back(code, "")


def report_open(request: HttpRequest, code: str) -> Report:
    """The report of an address; Http404 for one that there is not, PermissionDenied without its rights."""
    try:
        report = report_get(code)
    except ReportUnknown as unknown:
        raise Http404(unknown.message) from None
    if not may_open(request, report):
        raise PermissionDenied
    return report


def _back(code: str, query: str) -> HttpResponse:
    address = reverse("catalogue:report", args=[code])
    try:
        kept = query_kept(query)
    except ValueError:
        kept = ""
    return HttpResponseRedirect(f"{address}?{kept}" if kept else address)
