"""No payment card number comes in by the back office: no note, reason, ticket, search or name of a file (SEC-04)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.cards import card_found, cards_masked
from common.clock import utc_now
from common.errors import CardNumberRefused
from compliance.audit.services.card_refusals import card_refusal_record
from compliance.signin.pages import ENTRANCE, OWN
from compliance.signin.session_life import factor_proved

HOUSE: Final = ("/admin/", "/account/")
SENDING: Final = frozenset({"POST", "PUT", "PATCH"})
# Django's own secret, made by chance.
OWN_FIELDS: Final = frozenset({"csrfmiddlewaretoken"})


class CardNumbersMiddleware:
    """Stands last, so that it is known who sends and that the form is the page's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """A page that says so in place of the form's own answer; nothing is kept but that it happened, and where."""
        if request.method not in SENDING or not request.path.startswith(HOUSE):
            return None
        place = _place_in_form(request)
        if place is None:
            return None
        person: Any = request.user
        actor = f"staff:{person.pk}" if person.is_authenticated else "anonymous"
        card_refusal_record(place=f"{request.method} {request.path} {place}", actor=actor, now=utc_now())
        inside = person.is_authenticated and factor_proved(request)
        context = {
            **admin.site.each_context(request),
            "title": "Nothing was saved",
            "words": f"{CardNumberRefused.message} Go back, take it out of the {place}, and send the form again.",
            "written": _written(request),
            "frame": OWN if inside else ENTRANCE,
        }
        return TemplateResponse(request, "admin/refused.html", context, status=422)


def _written(request: HttpRequest) -> list[tuple[str, str]]:
    """What was written in sentences, with card numbers masked, so that nobody writes it anew."""
    return [
        (name.replace("_", " "), cards_masked(value))
        for name, values in request.POST.lists()
        for value in values
        if " " in value.strip() and "password" not in name
    ]


def _place_in_form(request: HttpRequest) -> str | None:
    for name, values in request.POST.lists():
        if name not in OWN_FIELDS and any(card_found(value) for value in (name, *values)):
            return "form" if card_found(name) else f"field {name[:60]}"
    for name, file in request.FILES.items():
        if card_found(getattr(file, "name", None) or ""):
            return f"file name of {name[:60]}"
    return None
