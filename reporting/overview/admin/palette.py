"""Ctrl-K: what somebody types or pastes from a ticket leads to its page. Only rows and screens that the person may see.

In place of unfold's own search, which compares ids in small letters and keeps what a person found for minutes, also
after the right to it has gone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Model
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.dataclasses import SearchResult

from casino.games.models import Game, Provider
from casino.games.selectors.providers import provider_names
from casino.play.selectors.rounds import legs_by_provider_transaction
from reporting.overview.admin.navigation import screens_open_to
from reporting.overview.admin.screens import rows_open_to
from reporting.overview.selectors.saved_filters import filters_named_like
from wallet.selectors.transactions import transaction_exists

LEAST: Final = 2
MOST: Final = 8
LONGEST: Final = 255


def palette(request: HttpRequest) -> HttpResponse:
    """What unfold's overlay loads while somebody types."""
    began = time.monotonic()
    word = request.GET.get("s", "").replace("\x00", "").strip()[:LONGEST]
    if len(word) < LEAST:
        return HttpResponse()
    found = find_anything(request, word)
    pages: Paginator[Any] = Paginator(found, 100)
    extended = "extended" in request.GET
    template = "unfold/helpers/command_results.html" if extended else "unfold/helpers/search_results.html"
    context = {
        "page_obj": pages,
        "results": pages.page(1),
        "page_counter": 0,
        "execution_time": time.monotonic() - began,
        "command_show_history": False,
    }
    return TemplateResponse(request, template, context, headers={"HX-Trigger": "search"})


def find_anything(request: HttpRequest, word: str) -> list[SearchResult]:
    """Screens and saved filters by a part of their name; rows by exact id, players and games by the start of theirs."""
    return [*_screens(request, word), *_filters(request, word), *_people(request, word), *_play(request, word)]


def _screens(request: HttpRequest, word: str) -> Iterator[SearchResult]:
    for title, icon, address in screens_open_to(request):
        if word.lower() in title.lower():
            yield SearchResult(title=title, description="Screen", link=address, icon=icon)


def _filters(request: HttpRequest, word: str) -> Iterator[SearchResult]:
    for kept in filters_named_like(staff_id=int(request.user.pk or 0), word=word):
        if rows_open_to(request, kept.screen) is not None:
            address = f"{reverse(f'admin:{kept.screen}_changelist')}?{kept.query}"
            yield SearchResult(title=kept.name, description="Your saved filter", link=address, icon="filter_alt")


def _people(request: HttpRequest, word: str) -> Iterator[SearchResult]:
    players = rows_open_to(request, "players_player")
    if players is not None:
        exact = players.filter(public_id=word)
        named = players.annotate(small=Lower("nickname")).filter(small__startswith=word.lower()).order_by("-pk")
        for player in [*exact, *named.exclude(public_id=word)[:MOST]]:
            yield _result(player, str(player), f"Player, {player.get_status_display().lower()}", "person")
    for model, icon in ((Game, "stadia_controller"), (Provider, "hub")):
        rows = rows_open_to(request, f"games_{model._meta.model_name}")
        if rows is not None:
            for row in rows.filter(name__icontains=word).order_by("name")[:MOST]:
                yield _result(row, str(row), str(model._meta.verbose_name).capitalize(), icon)


def _play(request: HttpRequest, word: str) -> Iterator[SearchResult]:
    sessions = rows_open_to(request, "play_gamesession")
    if sessions is not None:
        for session in sessions.filter(public_id=word):
            yield _result(session, session.public_id, "Game session", "sports_esports")
    providers = list(provider_names())
    rounds = rows_open_to(request, "play_round")
    if rounds is not None:
        for item in rounds.filter(provider_id__in=providers, reference=word).select_related("player")[:MOST]:
            yield _result(item, item.reference, f"Round of {item.player}", "casino")
    yield from _calls(request, word, providers)
    approvals = rows_open_to(request, "approvals_approval")
    number = word.removeprefix("approval ").strip()
    if approvals is not None and number.isascii() and number.isdigit() and len(number) < 18:
        for approval in approvals.filter(pk=int(number)):
            yield _result(approval, f"Approval {approval.pk}", approval.get_state_display(), "rule")


def _calls(request: HttpRequest, word: str, providers: list[int]) -> Iterator[SearchResult]:
    keys = legs_by_provider_transaction(provider_ids=providers, provider_transaction_id=word)
    try:
        own = UUID(word)
    except ValueError:
        own = None
    if own is not None:
        keys.append(own)
        transactions = rows_open_to(request, "wallet_transaction")
        if transactions is not None and transaction_exists(own):
            for one in transactions.filter(pk=own):
                yield _result(one, str(one.pk), "Ledger transaction", "receipt_long")
    legs = rows_open_to(request, "play_leg")
    if legs is not None:
        for leg in legs.filter(pk__in=keys):
            yield _result(leg, str(leg), f"Booked call, {leg.get_kind_display().lower()}", "swap_vert")


def _result(row: Model, title: str, description: str, icon: str) -> SearchResult:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return SearchResult(title=title, description=description, link=address, icon=icon)
