"""What staff read where nothing is, or nothing for them: in the frame of the back office, with a way on."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views import defaults

from compliance.signin.pages import ENTRANCE, OWN
from compliance.signin.session_life import factor_proved

HOUSE: Final = ("/admin/", "/account/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: programs that call elsewhere get Django's few words."""
    if not _for_people(request):
        return defaults.page_not_found(request, exception)
    words = "This page or record does not exist, or not for your roles. Check the address, or search with Ctrl + K."
    return _page(request, 404, "Nothing is here", words)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    if not _for_people(request):
        return defaults.permission_denied(request, exception)
    words = (
        "Nothing was changed, and the attempt is in the audit trail. If your job needs this, ask an administrator for"
        " the role."
    )
    return _page(request, 403, "Your roles do not open this", words)


def _for_people(request: HttpRequest) -> bool:
    return request.path.startswith(HOUSE) and request.accepts("text/html")


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    user: Any = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated and factor_proved(request)
    frame = OWN if inside else ENTRANCE
    context = {**admin.site.each_context(request), "title": title, "words": words, "frame": frame}
    return TemplateResponse(request, "admin/refused.html", context, status=status).render()
