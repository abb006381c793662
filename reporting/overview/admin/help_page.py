"""Which keys do what. The same words as the overlay that "?" opens."""

from __future__ import annotations

from typing import Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# (keys, what they do); static/overview/keys.js acts on them.
KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("Ctrl + K", "Find anything: players, rounds, transactions, games, screens, your saved filters"),
    ("/", "Search in the list of this page"),
    ("?", "Show these keys"),
    ("g then d", "Go to the dashboard"),
    ("g then p", "Go to the players"),
    ("g then r", "Go to the rounds"),
    ("g then a", "Go to the approvals"),
    ("Alt + ←", "Back"),
    ("Tab, Shift + Tab", "To the next or the last link, field or button"),
    ("Esc", "Close what is open"),
)


def keys_page(request: HttpRequest) -> HttpResponse:
    """The page for those who can not open the overlay."""
    context = {**admin.site.each_context(request), "title": "Keys", "keys": KEYS}
    return TemplateResponse(request, "admin/overview/keys.html", context)
