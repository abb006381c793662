"""Saving and forgetting filters: two POSTs, each back to its list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.clock import utc_now
from common.errors import Refusal
from reporting.overview.admin.screens import screen_named
from reporting.overview.services.saved_filters import filter_delete, filter_save, query_kept


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the list that was looked at; the address is the list's own, whatever the form says."""
    name, query = request.POST.get("screen", ""), request.POST.get("query", "")
    screen = screen_named(name)
    if screen is None or not screen.has_view_permission(request):
        raise Http404("There is no such list.")
    try:
        kept = filter_save(
            staff_id=int(request.user.pk or 0), screen=name, name=request.POST.get("name", ""), query=query,
            now=utc_now(),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, refusal.message)
    except ValueError:  # more parameters than any list has
        messages.error(request, "This is no filter of a list.")
        query = ""
    else:
        messages.success(request, f"Saved as “{kept.name}”: find it above the list, and with Ctrl-K.")
    return HttpResponseRedirect(_list(name, query))


@require_POST
def delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget one of one's own filters."""
    try:
        name = filter_delete(staff_id=int(request.user.pk or 0), filter_id=filter_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from None
    messages.success(request, "The filter is forgotten.")
    return HttpResponseRedirect(_list(name, "") if screen_named(name) else reverse("admin:index"))


def _list(name: str, query: str) -> str:
    address = reverse(f"admin:{name}_changelist")
    try:
        kept = query_kept(query)
    except ValueError:
        kept = ""
    return f"{address}?{kept}" if kept else address
