"""The pages: each a title, the right that opens it, and the function that makes its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.clock import utc_now
from reporting.catalogue.reading import snapshot
from reporting.catalogue.types import Question
from reporting.dashboards.admin import games, liability, payments, players, providers, revenue, safer
from reporting.dashboards.admin.asked import form_of, question_of
from reporting.dashboards.admin.parts import Parts
from reporting.facts.selectors.state import NEVER, facts_known_until


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A page; `make` reads everything that it shows within one snapshot."""

    title: str
    permission: str
    make: Callable[[Question], Parts]


FINANCE: Final = "catalogue.view_finance_reports"
GAMES: Final = "catalogue.view_games_reports"
DASHBOARDS: Final[Mapping[str, Dashboard]] = MappingProxyType(
    {
        "revenue": Dashboard("GGR and NGR", FINANCE, revenue.parts),
        "providers": Dashboard("Providers", GAMES, providers.parts),
        "games": Dashboard("Games", GAMES, games.parts),
        "payments": Dashboard("Payments", FINANCE, payments.parts),
        "players": Dashboard("Players", "catalogue.view_players_reports", players.parts),
        "safer": Dashboard("Safer gambling", "catalogue.view_compliance_reports", safer.parts),
        "liability": Dashboard("Liability", FINANCE, liability.parts),
    }
)


def dashboard_page(request: HttpRequest, name: str) -> HttpResponse:
    """One dashboard."""
    chosen = DASHBOARDS.get(name)
    if chosen is None:
        raise Http404("There is no such dashboard.")
    if not request.user.has_perm(chosen.permission):
        raise PermissionDenied
    now = utc_now()
    form = form_of(request, chosen.permission, now.date())
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": chosen.title,
        "form": form,
        "as_of": now,
        "tabs": _tabs(request, name),
        "parts": None,
    }
    if form.is_valid():
        question = question_of(form, request, chosen.permission, now)
        with snapshot():
            known = facts_known_until()
            context |= {"parts": chosen.make(question), "known": None if known == NEVER else known}
    return TemplateResponse(request, "admin/dashboards/page.html", context)


def _tabs(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    asked = request.GET.urlencode()
    return [
        {"name": other, "title": one.title, "query": f"?{asked}" if asked else "", "chosen": other == name}
        for other, one in DASHBOARDS.items()
        if request.user.has_perm(one.permission)
    ]
